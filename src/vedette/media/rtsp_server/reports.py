"""RTCP sender reports (RFC 3550, section 6.4.1) with the SDES item that a compound packet must hold."""

import struct

_NTP_EPOCH_S = 2_208_988_800  # from 1900 to 1970
_CNAME = b"vedette"


def sender_report(ssrc: int, wall_ms: float, rtp_time: int, packets: int, octets: int) -> bytes:
    """SR and SDES: at `wall_ms` (Unix milliseconds) the track's RTP time stamp was `rtp_time`."""
    seconds, rest = divmod(wall_ms, 1000)
    report = struct.pack(
        ">BBHIIIIII",
        0x80,
        200,
        6,
        ssrc,
        (int(seconds) + _NTP_EPOCH_S) & 0xFFFF_FFFF,
        int(rest / 1000 * (1 << 32)),
        rtp_time,
        packets & 0xFFFF_FFFF,
        octets & 0xFFFF_FFFF,
    )
    item = bytes((1, len(_CNAME))) + _CNAME
    item += bytes(4 - len(item) % 4)  # at least one zero ends the list
    return report + struct.pack(">BBHI", 0x81, 202, (4 + len(item)) // 4, ssrc) + item


def interleaved(channel: int, packet: bytes) -> bytes:
    """Framed for the RTSP connection (RFC 2326, section 10.12)."""
    return struct.pack(">BBH", 0x24, channel, len(packet)) + packet
