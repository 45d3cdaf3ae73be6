"""Opus: `OpusHead` (RFC 7845, section 5.1), the body of `dOps` (Opus in ISOBMFF, section 4.3.2), durations."""

import struct

from vedette.media.codecs.errors import BadMedia

MAGIC = b"OpusHead"
RATE = 48_000  # the time stamps of Opus always count this, whatever was the input's rate

# RFC 6716, table 2: samples at 48 kHz of one frame by the configuration number of the TOC byte.
FRAME_SAMPLES = (480, 960, 1920, 2880) * 3 + (480, 960) * 2 + (120, 240, 480, 960) * 4
MAX_PACKET_SAMPLES = 5760


def build_dops(channels: int, pre_skip: int = 0, input_rate: int = RATE) -> bytes:
    """The body of `dOps` for mono or stereo (channel mapping family 0). A live camera has no pre-skip to tell."""
    if channels not in (1, 2):
        raise BadMedia(f"Opus with {channels} channels needs a channel mapping, which the source did not give")
    return struct.pack(">BBHIhB", 0, channels, pre_skip, input_rate, 0, 0)


def parse_dops(body: bytes) -> int:
    """Checks the body of a `dOps` and gives its number of channels. Raises `BadMedia`."""
    if len(body) < 11 or body[0] != 0 or not body[1]:
        raise BadMedia("dOps is too short, of an unknown version, or has no channels")
    if body[10] and len(body) != 13 + body[1]:
        raise BadMedia("dOps has a channel mapping of the wrong length")
    return body[1]


def dops_from_opus_head(head: bytes) -> bytes:
    """Turns libav's extradata (little-endian `OpusHead`) into the body of `dOps` (big-endian, version 0)."""
    if len(head) < 19 or not head.startswith(MAGIC) or head[8] >> 4:
        raise BadMedia("not an OpusHead of a known version")
    channels, pre_skip, rate, gain, family = struct.unpack_from("<BHIhB", head, 9)
    body = struct.pack(">BBHIhB", 0, channels, pre_skip, rate, gain, family)
    if family:
        body += head[19 : 21 + channels]
    parse_dops(body)
    return body


def packet_samples(packet: bytes) -> int:
    """Duration of a packet in samples at 48 kHz, from its TOC byte (RFC 6716, section 3.1). Raises `BadMedia`."""
    if not packet:
        raise BadMedia("Opus packet is empty")
    code = packet[0] & 3
    if code == 3 and len(packet) < 2:
        raise BadMedia("Opus packet ends before its frame count")
    frames = packet[1] & 63 if code == 3 else (1, 2, 2)[code]
    samples = frames * FRAME_SAMPLES[packet[0] >> 3]
    if not 0 < samples <= MAX_PACKET_SAMPLES:
        raise BadMedia(f"Opus packet lasts {samples} samples, 5760 are allowed")
    return samples
