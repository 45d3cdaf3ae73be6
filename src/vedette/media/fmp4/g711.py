"""G.711 as FLAC, without loss: browsers play neither A-law nor mu-law from MP4, all of them play FLAC.

Why, what it costs and how the G.711 bytes are had back: docs/decisions/g711-as-flac.md. Format: RFC 9639. Everything
here runs in C inside `bytes` and `int` methods: about 50 microseconds for half a second of sound.
"""

from itertools import pairwise

from vedette.media.codecs.bits import BitWriter
from vedette.media.codecs.errors import BadMedia
from vedette.media.units import AudioConfig, Codec, TimedUnit

MAX_BLOCK = 16_384  # samples per FLAC frame that we write; RFC 9639 allows 65 535
MAX_CHANNELS = 8
# RFC 9639 has 36 bits for the number of a frame's first sample; libav refuses more than 31. MP4 has its own times.
_POSITION = 0x7FFFFFFF

_RATE_CODES = {88_200: 1, 176_400: 2, 192_000: 3, 8000: 4, 16_000: 5, 22_050: 6, 24_000: 7, 32_000: 8, 44_100: 9,
               48_000: 10, 96_000: 11}  # fmt: skip


def expand_alaw(code: int) -> int:
    """ITU-T G.711 table 1: an A-law byte to a sample of 16 bits, the 13 significant ones on top."""
    code ^= 0x55
    exponent, mantissa = code >> 4 & 7, code & 15
    value = (mantissa << 4) + 8 if not exponent else (mantissa << 4) + 0x108 << exponent - 1
    return value if code & 0x80 else -value


def expand_mulaw(code: int) -> int:
    """ITU-T G.711 table 2: a mu-law byte to a sample of 16 bits, the 14 significant ones on top.

    mu-law has two zeros. The negative one (0x7F) becomes -4, half the distance to the next level, so that every byte
    can be told from its sample.
    """
    code ^= 0xFF
    exponent, mantissa = code >> 4 & 7, code & 15
    value = ((mantissa << 3) + 0x84 << exponent) - 0x84
    return -(value or 4) if code & 0x80 else value


_EXPANDED = {Codec.PCMA: [expand_alaw(code) for code in range(256)],
             Codec.PCMU: [expand_mulaw(code) for code in range(256)]}  # fmt: skip
_HIGH = {codec: bytes(value >> 8 & 255 for value in table) for codec, table in _EXPANDED.items()}
_LOW = {codec: bytes(value & 255 for value in table) for codec, table in _EXPANDED.items()}


def streaminfo(sample_rate: int, channels: int) -> bytes:
    """The STREAMINFO block of such a track (RFC 9639, section 8.2). Raises `BadMedia`."""
    if not 1 <= channels <= MAX_CHANNELS or not 1 <= sample_rate < 1 << 20:
        raise BadMedia(f"G.711 of {channels} channels at {sample_rate} Hz can't be written as FLAC")
    w = BitWriter().u(16, 16).u(65_535, 16).u(0, 48)  # block sizes vary, frame sizes are not told
    return w.u(sample_rate, 20).u(channels - 1, 3).u(15, 5).u(0, 36).bytes() + bytes(16)


def flac_frame(codec: Codec, sample_rate: int, channels: int, position: int, data: bytes) -> bytes:
    """One FLAC frame (RFC 9639, section 9) of G.711 bytes, channels interleaved, at most MAX_BLOCK samples each.

    `position` is the number of the first sample. The subframes are verbatim, or constant for digital silence.
    """
    header = _header(sample_rate, channels, position, len(data) // channels)
    pieces: list[bytes | bytearray] = [header, bytes((_crc8(header),))]
    for channel in range(channels):
        samples = data[channel::channels] if channels > 1 else data
        if samples.count(samples[0]) == len(samples):
            pieces += (b"\x00", _HIGH[codec][samples[0]].to_bytes(1, "big"), _LOW[codec][samples[0]].to_bytes(1, "big"))
            continue
        linear = bytearray(2 * len(samples))
        linear[0::2] = samples.translate(_HIGH[codec])
        linear[1::2] = samples.translate(_LOW[codec])
        pieces += (b"\x02", linear)
    frame = b"".join(pieces)
    return frame + crc16(frame).to_bytes(2, "big")


class FlacPacker:
    """Turns the G.711 units of a part into FLAC frames. A frame ends at MAX_BLOCK samples, and where the time line
    moves by more than a few samples from what was counted."""

    __slots__ = ("_channels", "_codec", "_rate", "_slack")

    def __init__(self, config: AudioConfig) -> None:
        self._codec = config.codec
        self._rate = config.sample_rate
        self._channels = config.channels
        self._slack = config.sample_rate // 100

    def usable(self, unit: TimedUnit) -> bool:
        """Whether the unit holds whole samples, and not more than a FLAC frame of ours."""
        return unit.size % self._channels == 0 and 0 < self.samples(unit) <= MAX_BLOCK

    def samples(self, unit: TimedUnit) -> int:
        """Samples per channel in a unit."""
        return unit.size // self._channels

    def pack(self, units: list[TimedUnit]) -> tuple[int, list[int], list[bytes]]:
        """(dts of the first frame, durations, frames) of units in order; their distances are bridged by durations."""
        starts: list[int] = []
        blocks: list[list[bytes]] = []
        expected = held = 0
        for unit in units:
            samples = self.samples(unit)
            apart = abs(unit.dts_ticks - expected) > self._slack
            if not blocks or apart or held + samples > MAX_BLOCK:
                starts.append(unit.dts_ticks)
                blocks.append([])
                expected, held = unit.dts_ticks, 0
            blocks[-1] += unit.chunks
            expected += samples
            held += samples
        frames = [
            flac_frame(self._codec, self._rate, self._channels, start, b"".join(block))
            for start, block in zip(starts, blocks, strict=True)
        ]
        durations = [after - before for before, after in pairwise(starts)]
        return starts[0], [*durations, held], frames


def _header(sample_rate: int, channels: int, position: int, block: int) -> bytes:
    rate = _RATE_CODES.get(sample_rate, 0)  # 0: as STREAMINFO says
    fixed = bytes((0xFF, 0xF9, 0x70 | rate, channels - 1 << 4 | 0x08))  # variable blocks, 16-bit block size, 16 bits
    return fixed + _coded_number(position & _POSITION) + (block - 1).to_bytes(2, "big")


def _coded_number(value: int) -> bytes:
    """RFC 9639, section 9.1.5: like UTF-8, here up to 31 bits in 6 bytes."""
    if value < 0x80:
        return bytes((value,))
    more = 1
    while value >> (6 * more + 6 - more):
        more += 1
    lead = 0xFF00 >> more + 1 & 0xFF | value >> 6 * more
    return bytes((lead, *(0x80 | value >> 6 * index & 0x3F for index in range(more - 1, -1, -1))))


def _crc8(data: bytes) -> int:
    """RFC 9639, section 9.1.8: polynomial x^8 + x^2 + x + 1, over a header of at most 13 bytes."""
    crc = 0
    for byte in data:
        crc = _CRC8[crc ^ byte]
    return crc


def _crc8_of(byte: int) -> int:
    for _ in range(8):
        byte = byte << 1 ^ (0x107 if byte & 0x80 else 0)
    return byte


_CRC8 = bytes(_crc8_of(byte) for byte in range(256))

# x^16 + x^15 + x^2 + 1 = (x + 1)(x^15 + x + 1). Modulo the second factor x^15 = x + 1, so x^(15 K) = x^K + 1 for every
# power of two K: a message is folded by shifts of whole blocks, which Python's integers do at memory speed.
_FACTOR = 0x8003


def crc16(data: bytes) -> int:
    """RFC 9639, section 9.3: polynomial x^16 + x^15 + x^2 + 1. Measured: 8 KB in 35 microseconds."""
    rest = int.from_bytes(data, "big") << 16
    parity = rest.bit_count() & 1  # modulo x + 1
    step = 1 << max(0, (rest.bit_length() // 15).bit_length() - 1)
    while step:
        width = 15 * step
        mask = (1 << width) - 1
        while rest > mask:
            high = rest >> width
            rest = rest & mask ^ high ^ high << step
        step >>= 1
    # The remainder of both factors: `rest`, or `rest` plus the second factor, whose parity is odd.
    return rest if rest.bit_count() & 1 == parity else rest ^ _FACTOR
