"""G.711 as FLAC: exact to the last bit, by the judgement of libav's decoders."""

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.media.encode import encode_audio
from tests.media.files import make_parts
from vedette.media.codecs.errors import BadMedia
from vedette.media.fmp4.g711 import MAX_BLOCK, FlacPacker, crc16, expand_alaw, expand_mulaw, flac_frame, streaminfo
from vedette.media.fmp4.tables import read_fragment
from vedette.media.units import AUDIO, AudioConfig, Codec, TimedUnit, Tracks

BOTH = [Codec.PCMA, Codec.PCMU]
EXPAND = {Codec.PCMA: expand_alaw, Codec.PCMU: expand_mulaw}


def decode_flac(frames: list[bytes], rate: int, channels: int) -> "np.ndarray[tuple[int, ...], np.dtype[np.int16]]":
    """Samples x channels, with libav told to refuse wrong check sums."""
    decoder = av.CodecContext.create("flac", "r")
    assert isinstance(decoder, av.AudioCodecContext)
    decoder.extradata = streaminfo(rate, channels)
    decoder.options = {"err_detect": "crccheck+bitstream+explode"}
    pieces = []
    for data in frames:
        for frame in [*decoder.decode(av.Packet(data))]:
            assert frame.sample_rate == rate
            flat = frame.to_ndarray()
            pieces.append(flat.reshape(-1, channels) if not frame.format.is_planar else flat.T)
    return np.concatenate(pieces).astype(np.int16)


def decode_g711(codec: Codec, data: bytes) -> "np.ndarray[tuple[int, ...], np.dtype[np.int16]]":
    decoder = av.CodecContext.create("pcm_alaw" if codec is Codec.PCMA else "pcm_mulaw", "r")
    assert isinstance(decoder, av.AudioCodecContext)
    decoder.sample_rate, decoder.layout = 8000, "mono"
    (frame,) = decoder.decode(av.Packet(data))
    return frame.to_ndarray().reshape(-1).astype(np.int16)


@pytest.mark.parametrize("codec", BOTH)
def test_expansion_is_that_of_the_standard(codec: Codec) -> None:
    ours = [EXPAND[codec](code) for code in range(256)]
    theirs = decode_g711(codec, bytes(range(256))).tolist()
    if codec is Codec.PCMU:
        assert (ours[0x7F], theirs[0x7F]) == (-4, 0)  # the negative zero, kept apart
        theirs[0x7F] = -4
    assert ours == theirs
    assert len(set(ours)) == 256  # so that every byte can be had back


@pytest.mark.parametrize("codec", BOTH)
@pytest.mark.parametrize(("rate", "channels"), [(8000, 1), (16_000, 1), (8000, 2), (11_025, 1), (48_000, 2)])
def test_flac_decodes_to_the_very_samples(codec: Codec, rate: int, channels: int) -> None:
    data = np.random.default_rng(1).integers(0, 256, 4000 * channels, dtype=np.uint8).tobytes()
    frames = [
        flac_frame(codec, rate, channels, position, data)
        for position in (0, 127, 128, 70_000, 2_000_000_000, (1 << 36) - 1, 1 << 40)
    ]
    expected = np.array([EXPAND[codec](code) for code in data], dtype=np.int16).reshape(-1, channels)
    decoded = decode_flac(frames, rate, channels)
    assert np.array_equal(decoded, np.concatenate([expected] * len(frames)))


@pytest.mark.parametrize("codec", BOTH)
def test_silence_takes_no_space(codec: Codec) -> None:
    data = bytes([0xD5]) * 4000
    frame = flac_frame(codec, 8000, 1, 0, data)
    assert len(frame) < 20
    assert set(decode_flac([frame], 8000, 1)[:, 0].tolist()) == {EXPAND[codec](0xD5)}


@given(st.binary(min_size=1, max_size=600))
def test_crc16_is_that_of_the_definition(data: bytes) -> None:
    expected = 0
    for byte in data:
        expected ^= byte << 8
        for _ in range(8):
            expected = (expected << 1 ^ (0x8005 if expected & 0x8000 else 0)) & 0xFFFF
    assert crc16(data) == expected


def _unit(dts: int, data: bytes) -> TimedUnit:
    return TimedUnit(AUDIO, dts, dts, True, [data], len(data))


def test_a_part_holds_one_frame_unless_the_time_line_moves() -> None:
    packer = FlacPacker(AudioConfig(Codec.PCMA, 8000, 1))
    steady = [_unit(n * 160 + n % 3, bytes([n]) * 160) for n in range(25)]
    dts, durations, frames = packer.pack(steady)
    assert (dts, durations, len(frames)) == (0, [4000], 1)
    moved = [*steady, _unit(8000, b"\x10" * 160)]
    dts, durations, frames = packer.pack(moved)
    assert (dts, durations, len(frames)) == (0, [8000, 160], 2)


def test_long_and_unusable_units() -> None:
    stereo = Tracks(None, AudioConfig(Codec.PCMU, 8000, 2))
    odd, none, huge = _unit(0, b"\1" * 161), _unit(1, b""), _unit(2, bytes(2 * MAX_BLOCK + 2))
    assert make_parts(stereo, [odd, none, huge]) == []
    mono = FlacPacker(AudioConfig(Codec.PCMU, 8000, 1))
    _, durations, frames = mono.pack([_unit(n * 10_000, bytes([n]) * 10_000) for n in range(4)])
    assert durations == [10_000] * 4
    assert len(decode_flac(frames, 8000, 1)) == 40_000


@pytest.mark.parametrize("codec", BOTH)
def test_through_parts_and_back_to_g711(codec: Codec) -> None:
    clip = encode_audio(codec, seconds=2, rate=8000)
    frames: list[bytes] = []
    for part in make_parts(Tracks(None, clip.config), clip.units):
        (run,) = read_fragment(part.data).runs
        data = part.data[run.data : run.data + run.payload]
        for i in range(0, len(run.sizes), 4):
            size = int.from_bytes(run.sizes[i : i + 4], "big")
            frames.append(data[:size])
            data = data[size:]
    compress = {EXPAND[codec](code): code for code in range(256)}
    recovered = bytes(compress[sample] for sample in decode_flac(frames, 8000, 1)[:, 0].tolist())
    assert recovered == b"".join(unit.chunks[0] for unit in clip.units)


def test_what_flac_can_not_hold() -> None:
    for rate, channels in ((8000, 0), (8000, 9), (0, 1), (1 << 20, 1)):
        with pytest.raises(BadMedia):
            streaminfo(rate, channels)
