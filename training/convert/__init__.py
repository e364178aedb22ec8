"""Turns checkpoints of torch into model folders that ONNX Runtime alone can run: `python -m training.convert`."""
