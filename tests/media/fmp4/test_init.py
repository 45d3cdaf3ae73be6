"""Inits: written, read back, refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.media.encode import encode_audio, encode_video
from vedette.media.codecs.errors import BadMedia
from vedette.media.fmp4.init import build_init, read_init
from vedette.media.units import AudioConfig, Codec, Tracks, VideoConfig

TRACKS = {
    "h264 aac": lambda: Tracks(
        encode_video(seconds=0.2).config, encode_audio(Codec.AAC, seconds=0.2, channels=2).config
    ),
    "high 10": lambda: Tracks(encode_video(seconds=0.2, pix_fmt="yuv420p10le", extra=":sar=4/3").config),
    "h265 opus": lambda: Tracks(
        encode_video(Codec.H265, seconds=0.2).config, encode_audio(Codec.OPUS, seconds=0.2).config
    ),
    "pcma": lambda: Tracks(None, AudioConfig(Codec.PCMA, 8000, 1)),
    "pcmu": lambda: Tracks(encode_video(seconds=0.2).config, AudioConfig(Codec.PCMU, 16_000, 2)),
    "aac at 96 kHz": lambda: Tracks(None, encode_audio(Codec.AAC, seconds=0.2, rate=96_000).config),
}


@pytest.mark.parametrize("name", TRACKS)
def test_what_is_written_is_read_back(name: str) -> None:
    init = build_init(TRACKS[name]())
    assert read_init(init.data) == init
    assert build_init(TRACKS[name]()) == init


def test_dimensions_come_from_the_sps() -> None:
    config = encode_video(seconds=0.2).config
    bare = VideoConfig(config.codec, config.sps, config.pps)
    video = build_init(Tracks(bare)).tracks.video
    assert video is not None
    assert (video.width, video.height) == (320, 180)


@pytest.mark.parametrize(
    "tracks",
    [
        Tracks(None, None),
        Tracks(VideoConfig(Codec.H264, (), ())),
        Tracks(VideoConfig(Codec.H264, (b"\x67\x00",), (b"\x68",))),
        Tracks(VideoConfig(Codec.H265, (b"\x42\x01\x01",), (b"\x44",), ())),
        Tracks(None, AudioConfig(Codec.AAC, 48_000, 1, b"")),
        Tracks(None, AudioConfig(Codec.OPUS, 48_000, 1, b"")),
        Tracks(None, AudioConfig(Codec.PCMA, 8000, 0)),
        Tracks(None, AudioConfig(Codec.H264, 8000, 1)),
        Tracks(VideoConfig(Codec.AAC, (b"\x67\x00",), (b"\x68",))),
    ],
)
def test_nonsense_is_refused(tracks: Tracks) -> None:
    with pytest.raises(BadMedia):
        build_init(tracks)


@given(st.sampled_from(sorted(TRACKS)), st.data())
def test_damaged_inits_raise_only_our_error(name: str, draw: st.DataObject) -> None:
    data = bytearray(build_init(TRACKS[name]()).data)
    for _ in range(draw.draw(st.integers(1, 5))):
        at = draw.draw(st.integers(0, len(data) - 1))
        data[at : at + draw.draw(st.sampled_from((1, 1, 4)))] = draw.draw(st.binary(max_size=4))
    try:
        init = read_init(bytes(data))
    except BadMedia:
        return
    assert init.tracks.video or init.tracks.audio
