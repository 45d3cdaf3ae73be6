"""RFC 6381 strings, checked against values that browsers and other muxers use."""

import re

import pytest

from tests.media.encode import encode_audio, encode_video
from vedette.media.codecs.errors import BadMedia
from vedette.media.codecs.strings import codecs_parameter, video_codec_string
from vedette.media.units import AudioConfig, Codec, Tracks, VideoConfig


def test_h264_and_aac() -> None:
    tracks = Tracks(encode_video(seconds=0.2).config, encode_audio(Codec.AAC, seconds=0.2).config)
    assert re.fullmatch(r"avc1\.42C0[0-9A-F]{2},mp4a\.40\.2", codecs_parameter(tracks), re.IGNORECASE)


def test_h265_main() -> None:
    # Main, compatible with Main and Main 10 (flags 0x60000000, reversed 6), level 2.0, progressive source.
    string = video_codec_string(encode_video(Codec.H265, seconds=0.2).config)
    assert re.fullmatch(r"hvc1\.1\.6\.L\d+\.90", string), string


def test_others() -> None:
    assert codecs_parameter(Tracks(None, AudioConfig(Codec.OPUS, 48_000, 2))) == "opus"
    assert codecs_parameter(Tracks(None, AudioConfig(Codec.PCMA, 8000, 1))) == "flac"
    with pytest.raises(BadMedia):
        video_codec_string(VideoConfig(Codec.H264, (), ()))
