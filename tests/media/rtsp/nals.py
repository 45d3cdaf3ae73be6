"""NAL units to packetise: real parameter sets, and pictures whose headers are right and whose contents are filler."""

from vedette.media.units import Codec, VideoConfig

SPS_360 = bytes.fromhex("6742c01eda0280bfe584000003000400000300c83c58ba80")
SPS_720 = bytes.fromhex("6742c01fda014016e840000003004000000c83c60ca8")
PPS = bytes.fromhex("68ce0fc8")
AUD = b"\x09\xf0"
FILLER = b"\x0c\xff\xff\x80"
SEI = b"\x06\x05\x03abc\x80"
RECOVERY_SEI = b"\x06\x01\x01\x00\x06\x01\xc4\x80"  # picture timing, then a recovery point of 0 frames

H265_VPS = bytes.fromhex("40010c01ffff01600000030090000003000003003f959409")
H265_SPS_360 = bytes.fromhex("42010101600000030090000003000003003fa005020171f2e595952930b9a02000000300200000030321")
H265_SPS_720 = bytes.fromhex("42010101600000030090000003000003005da00280802d16595952930b9a020000030002000003003210")
H265_PPS = bytes.fromhex("4401c073c189")

H264_CONFIG = VideoConfig(Codec.H264, sps=(SPS_360,), pps=(PPS,))
H265_CONFIG = VideoConfig(Codec.H265, vps=(H265_VPS,), sps=(H265_SPS_360,), pps=(H265_PPS,))


def idr(size: int = 100, *, first: bool = True) -> bytes:
    """A slice of an IDR picture of `size` bytes."""
    return bytes((0x65, 0x88 if first else 0x40)) + bytes(1 + at % 255 for at in range(size - 2))


def inter(size: int = 100, *, first: bool = True, fill: int = 7) -> bytes:
    """A slice of a P picture."""
    return bytes((0x41, 0x9A if first else 0x40)) + bytes([fill]) * (size - 2)


def intra(size: int = 100) -> bytes:
    """An I slice of a picture that is no IDR."""
    return b"\x41\x88" + b"\x05" * (size - 2)


def h265_nal(kind: int, size: int = 100, *, first: bool = True) -> bytes:
    """A slice segment of type `kind`."""
    return bytes((kind << 1, 1, 0x80 if first else 0x20)) + bytes(1 + at % 255 for at in range(size - 3))
