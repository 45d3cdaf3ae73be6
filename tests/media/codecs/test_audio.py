"""Audio configurations: those of real encoders, the standard's forms, and hostile ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.media.encode import encode_audio
from vedette.media.codecs.aac import SAMPLE_RATES, build_audio_specific_config, parse_audio_specific_config
from vedette.media.codecs.errors import BadMedia
from vedette.media.codecs.opus import build_dops, dops_from_opus_head, packet_samples, parse_dops
from vedette.media.units import Codec


@pytest.mark.parametrize(("rate", "channels"), [(8000, 1), (16_000, 1), (44_100, 2), (48_000, 2)])
def test_audio_specific_config_of_an_encoder(rate: int, channels: int) -> None:
    extradata = encode_audio(Codec.AAC, seconds=0.2, rate=rate, channels=channels).config.extradata
    config = parse_audio_specific_config(extradata)
    assert (config.object_type, config.sample_rate, config.channels, config.frame_length) == (2, rate, channels, 1024)
    assert config.codec_string == "mp4a.40.2"
    assert extradata.startswith(build_audio_specific_config(rate, channels))


@given(st.one_of(st.sampled_from(SAMPLE_RATES), st.integers(1, 2**24 - 1)), st.integers(1, 8))
def test_audio_specific_config_round_trip(rate: int, channels: int) -> None:
    config = parse_audio_specific_config(build_audio_specific_config(rate, channels))
    assert (config.sample_rate, config.channels) == (rate, channels)


@pytest.mark.parametrize(
    ("data", "core", "output", "string"),
    [
        ("2b098800", 22_050, 44_100, "mp4a.40.5"),  # explicit hierarchical SBR
        ("eb098800", 22_050, 44_100, "mp4a.40.29"),  # with PS
        ("1190", 48_000, 48_000, "mp4a.40.2"),
    ],
)
def test_explicit_sbr(data: str, core: int, output: int, string: str) -> None:
    raw = bytearray(bytes.fromhex(data))
    if len(raw) == 4:  # core 22050, channels 1, extension 44100, then AAC LC
        raw = bytearray(
            ((29 if data.startswith("eb") else 5) << 27 | 7 << 23 | 1 << 19 | 4 << 15 | 2 << 10).to_bytes(4, "big")
        )
    config = parse_audio_specific_config(bytes(raw))
    assert (config.sample_rate, config.output_rate, config.codec_string, config.object_type) == (
        core,
        output,
        string,
        2,
    )


def test_960_sample_frames() -> None:
    assert parse_audio_specific_config(bytes((0x11, 0x8C))).frame_length == 960


@given(st.binary(max_size=64))
def test_hostile_configurations_raise_only_our_error(data: bytes) -> None:
    for parse in (parse_audio_specific_config, parse_dops, dops_from_opus_head, packet_samples):
        try:
            parse(data)
        except BadMedia:
            pass
    try:
        dops_from_opus_head(b"OpusHead" + data)
    except BadMedia:
        pass


def test_dops() -> None:
    assert build_dops(2) == bytes.fromhex("00 02 0000 0000bb80 0000 00")
    assert parse_dops(build_dops(1)) == 1
    head = b"OpusHead" + bytes((1, 2)) + (312).to_bytes(2, "little") + (48_000).to_bytes(4, "little") + bytes(3)
    assert dops_from_opus_head(head) == build_dops(2, pre_skip=312)
    surround = b"OpusHead" + bytes((1, 3)) + bytes(8) + bytes((1, 2, 1, 0, 2, 1))
    assert parse_dops(dops_from_opus_head(surround)) == 3
    with pytest.raises(BadMedia):
        build_dops(6)


def test_opus_packets_tell_their_duration() -> None:
    clip = encode_audio(Codec.OPUS, seconds=0.3)
    assert parse_dops(clip.config.extradata) == 1
    assert {packet_samples(unit.chunks[0]) for unit in clip.units} == {960}
    assert packet_samples(bytes((31 << 3 | 3, 6))) == 6 * 960  # 120 ms
    with pytest.raises(BadMedia):
        packet_samples(bytes((31 << 3 | 3, 7)))
