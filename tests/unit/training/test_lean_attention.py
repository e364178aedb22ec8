"""Attention in chunks, and windows without their padding, compute what SAM's own blocks compute."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from training.convert.attention import LeanBlock, lean_blocks
from training.segment_anything_models import SamConfig, build_encoder, modeling


def encoder_of(config: SamConfig) -> nn.Module:
    torch.manual_seed(3)
    encoder = build_encoder(config).eval()
    with torch.no_grad():
        for name, value in encoder.named_parameters():
            if "rel_pos" in name or "pos_embed" in name:  # zeros at the start, which would hide a slip
                value.normal_(std=0.3)
    return encoder


@settings(deadline=None, max_examples=40)
@given(
    rows=st.integers(1, 9),
    columns=st.integers(1, 9),
    window=st.integers(0, 5),
    chunk=st.integers(1, 90),
    heads=st.sampled_from([1, 2, 4]),
    bias=st.booleans(),
)
def test_a_lean_block_is_the_block(rows: int, columns: int, window: int, chunk: int, heads: int, bias: bool) -> None:
    torch.manual_seed(rows * 100 + columns)
    block = modeling().image_encoder.Block(
        dim=16, num_heads=heads, use_rel_pos=bias, window_size=window, input_size=(rows, columns)
    )
    with torch.no_grad():
        for value in block.parameters():
            value.normal_(std=0.3)
    tokens = torch.randn(1, rows, columns, 16)
    with torch.inference_mode():
        expected = block(tokens)
        found = LeanBlock(block, (rows, columns), chunk)(tokens)
    torch.testing.assert_close(found, expected, atol=2e-5, rtol=2e-5)


@pytest.mark.parametrize("chunk", [1, 36, 256])
def test_a_whole_encoder_is_the_same_in_lean_blocks(chunk: int) -> None:
    config = SamConfig(tile_px=96, width=24, depth=3, heads=3, mlp_width=40, window=4, global_blocks=(1,), out=8)
    encoder = encoder_of(config)
    picture = torch.randn(1, 3, 96, 96)
    with torch.inference_mode():
        expected = encoder(picture)
        with lean_blocks(encoder, (6, 6), chunk):
            found = encoder(picture)
        again = encoder(picture)
    torch.testing.assert_close(found, expected, atol=1e-5, rtol=1e-5)
    assert torch.equal(again, expected), "the original blocks are back in their places"


def test_the_original_blocks_return_after_an_error() -> None:
    config = SamConfig(tile_px=32, width=8, depth=1, heads=1, mlp_width=8, window=2, global_blocks=(), out=8)
    encoder = encoder_of(config)
    before = list(encoder.modules())
    with pytest.raises(ZeroDivisionError), lean_blocks(encoder, (2, 2)):
        raise ZeroDivisionError
    assert list(encoder.modules()) == before
