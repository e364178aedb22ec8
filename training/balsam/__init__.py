"""BalSAM and RSPrompter-anchor in torch: the authors' as ../shared/specs/balsam.md describes it, and repaired."""
