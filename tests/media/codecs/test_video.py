"""Parameter sets made by real encoders, and hostile ones."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.media.encode import encode_video
from vedette.media.codecs.bits import MAX_PARAMETER_SET, BitReader, BitWriter, unescape
from vedette.media.codecs.errors import BadMedia
from vedette.media.codecs.h264 import parse_h264_sps
from vedette.media.codecs.h265 import parse_h265_sps
from vedette.media.codecs.video import with_dimensions
from vedette.media.units import Codec, VideoConfig


@pytest.mark.parametrize(("width", "height"), [(320, 180), (640, 360), (1920, 1080), (352, 240), (130, 98)])
@pytest.mark.parametrize("codec", [Codec.H264, Codec.H265])
def test_size_and_rate_as_encoded(codec: Codec, width: int, height: int) -> None:
    config = encode_video(codec, seconds=0.2, width=width, height=height).config
    sps = parse_h265_sps(config.sps[0]) if codec is Codec.H265 else parse_h264_sps(config.sps[0])
    assert (sps.width, sps.height) == (width, height) == (config.width, config.height)
    assert sps.fps == 25.0
    assert sps.reorder_depth == 0


@pytest.mark.parametrize("codec", [Codec.H264, Codec.H265])
def test_reorder_depth_covers_what_the_encoder_does(codec: Codec) -> None:
    clip = encode_video(codec, b_frames=3)
    sps = parse_h265_sps(clip.config.sps[0]) if codec is Codec.H265 else parse_h264_sps(clip.config.sps[0])
    shown = sorted(unit.pts_ticks for unit in clip.units)
    # Frames decoded before a frame that are shown after it: the definition of the field.
    deepest = max(sum(a.pts_ticks > b.pts_ticks for a in clip.units[:i]) for i, b in enumerate(clip.units))
    assert 1 <= deepest <= sps.reorder_depth
    assert sps.reorder_told
    assert all(b - a == 3600 for a, b in pairwise(shown))


@pytest.mark.parametrize(
    ("extra", "pix_fmt", "name", "chroma", "depth"),
    [
        ("", "yuv420p", "Constrained Baseline", 1, 8),
        (":8x8dct=1", "yuv420p", "High", 1, 8),
        (":8x8dct=1", "yuv422p", "High 4:2:2", 2, 8),
        (":8x8dct=1", "yuv420p10le", "High 10", 1, 10),
        (":8x8dct=1", "yuv444p", "High 4:4:4 Predictive", 3, 8),
        (":8x8dct=1:cqm=jvt", "yuv420p", "High", 1, 8),
    ],
)
def test_h264_profiles(extra: str, pix_fmt: str, name: str, chroma: int, depth: int) -> None:
    sps = parse_h264_sps(encode_video(seconds=0.2, pix_fmt=pix_fmt, extra=extra).config.sps[0])
    assert (sps.profile_name, sps.chroma_format, sps.bit_depth_luma) == (name, chroma, depth)
    assert (sps.width, sps.height) == (320, 180)


def test_h264_interlaced_height_counts_both_fields() -> None:
    sps = parse_h264_sps(encode_video(seconds=0.2, width=720, height=576, extra=":interlaced=1").config.sps[0])
    assert (sps.width, sps.height, sps.interlaced) == (720, 576, True)


@pytest.mark.parametrize("codec", [Codec.H264, Codec.H265])
def test_sample_aspect_ratio_colour_and_hrd(codec: Codec) -> None:
    extra = ":sar=12/11" if codec is Codec.H264 else ":sar=2"
    extra += ":vbv-maxrate=1000:vbv-bufsize=1000:nal-hrd=vbr" if codec is Codec.H264 else ""
    extra += ":colorprim=bt709:transfer=bt709:colormatrix=bt709"
    config = encode_video(codec, seconds=0.2, extra=extra).config
    sps = parse_h265_sps(config.sps[0]) if codec is Codec.H265 else parse_h264_sps(config.sps[0])
    assert sps.sar == (12, 11)
    assert sps.colour is not None
    assert (sps.colour.primaries, sps.colour.transfer, sps.colour.matrix) == (1, 1, 1)
    assert sps.fps == 25.0


def test_h264_without_vui_bounds_reordering_by_the_level() -> None:
    # High, level 4.0, POC type 0, 1920x1088 in macroblocks, no VUI: the DPB holds 32768 / 8160 = 4 frames.
    ue = {0: (1, 1), 3: (0b00100, 5), 119: (0b0000001111000, 13), 67: (0b0000001000100, 13)}
    w = BitWriter().u(7, 8).u(100, 8).u(0, 8).u(40, 8)
    for value in (0, None, 0, 0, "00", 0, 0, 0, 3, "0", 119, 67, "1", "1", "0", "0"):
        if isinstance(value, str):
            w.u(int(value, 2), len(value))
        elif value is None:
            w.u(0b010, 3)  # chroma_format_idc 1
        else:
            w.u(*ue[value])
    sps = parse_h264_sps(w.u(1, 1).bytes())
    assert (sps.width, sps.height, sps.max_ref_frames, sps.fps) == (1920, 1088, 3, None)
    assert (sps.reorder_depth, sps.reorder_told) == (4, False)


def test_h265_main_10() -> None:
    sps = parse_h265_sps(encode_video(Codec.H265, seconds=0.2, pix_fmt="yuv420p10le").config.sps[0])
    assert (sps.profile_name, sps.bit_depth_luma, sps.bit_depth_chroma) == ("Main 10", 10, 10)


def test_unescape_removes_only_the_emulation_bytes() -> None:
    assert unescape(b"\x00\x00\x03\x01\x00\x00\x03\x00\x00\x03\x03") == b"\x00\x00\x01\x00\x00\x00\x00\x03"
    with pytest.raises(BadMedia):
        unescape(bytes(MAX_PARAMETER_SET + 1))


@given(st.integers(0, 2**32 - 2), st.integers(0, 7))
def test_exp_golomb_reads_what_the_standard_writes(value: int, before: int) -> None:
    code = value + 1
    w = BitWriter().u(0, before).u(code, 2 * code.bit_length() - 1)
    r = BitReader(w.bytes())
    r.skip(before)
    assert r.ue() == value


def test_with_dimensions_needs_an_sps() -> None:
    with pytest.raises(BadMedia):
        with_dimensions(VideoConfig(Codec.H264, (), ()))


@given(st.binary(max_size=200))
def test_random_sps_raises_only_our_error(data: bytes) -> None:
    for nal, parse in ((b"\x67" + data, parse_h264_sps), (b"\x42\x01" + data, parse_h265_sps), (data, parse_h264_sps)):
        try:
            sps = parse(nal)
        except BadMedia:
            continue
        assert 0 < sps.width <= 16_888
        assert 0 < sps.height <= 16_888 * 2
        assert 0 <= sps.reorder_depth <= 16


@given(st.sampled_from([Codec.H264, Codec.H265]), st.data())
def test_mutated_sps_raises_only_our_error(codec: Codec, data: st.DataObject) -> None:
    nal = bytearray(encode_video(codec, seconds=0.2).config.sps[0])
    for _ in range(data.draw(st.integers(1, 4))):
        nal[data.draw(st.integers(1, len(nal) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        with_dimensions(VideoConfig(codec, (bytes(nal),), ()))
    except BadMedia:
        pass
