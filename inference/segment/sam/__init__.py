"""Segmenters that ask a promptable model (SAM and its kin) about every place of a plot by themselves."""
