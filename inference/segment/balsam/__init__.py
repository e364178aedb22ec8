"""The authors' BalSAM and RSPrompter-anchor on the host: three ONNX graphs, everything between them in numpy."""
