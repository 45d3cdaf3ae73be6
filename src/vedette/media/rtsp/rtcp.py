"""RTCP (RFC 3550, section 6): sender reports and BYE are read, receiver reports are written. Pure."""

import struct
from dataclasses import dataclass
from typing import Final

_SENDER_REPORT: Final = 200
_RECEIVER_REPORT: Final = 201
_SOURCE_DESCRIPTION: Final = 202
_BYE: Final = 203
_NTP_TO_UNIX_S: Final = 2_208_988_800
_NTP_ERA_S: Final = 1 << 32
_CNAME: Final = b"vedette"

_HEADER: Final = struct.Struct(">BBH")
_SENDER_INFO: Final = struct.Struct(">IIII")  # SSRC, NTP seconds, NTP fraction, RTP time
_REPORT: Final = struct.Struct(">BBHIIIIIII")


@dataclass(frozen=True, slots=True)
class SenderInfo:
    """What a sender report says of its clock. `ntp_ms` is Unix time in milliseconds, None where the sender has no clock
    (NTP zero); `ntp_middle` the middle 32 bits that a receiver report sends back."""

    ssrc: int
    ntp_ms: float | None
    ntp_middle: int
    rtp_ticks: int


@dataclass(frozen=True, slots=True)
class Bye:
    """The sender ends its stream."""

    ssrc: int


def parse(data: bytes, start: int, end: int) -> list[SenderInfo | Bye]:
    """The reports of one compound packet. Stops at the first piece that is cut off or of another version."""
    found: list[SenderInfo | Bye] = []
    while start + 4 <= end:
        first, kind, words = _HEADER.unpack_from(data, start)
        stop = start + 4 * (words + 1)
        if first >> 6 != 2 or stop > end:
            break
        if kind == _SENDER_REPORT and stop - start >= 20:
            ssrc, seconds, fraction, rtp_ticks = _SENDER_INFO.unpack_from(data, start + 4)
            middle = (seconds & 0xFFFF) << 16 | fraction >> 16
            found.append(SenderInfo(ssrc, _unix_ms(seconds, fraction), middle, rtp_ticks))
        elif kind == _BYE and first & 31 and stop - start >= 8:
            found.append(Bye(int.from_bytes(data[start + 4 : start + 8], "big")))
        start = stop
    return found


def _unix_ms(seconds: int, fraction: int) -> float | None:
    if not seconds and not fraction:
        return None
    if seconds < 1 << 31:  # NTP's clock wraps in 2036 (RFC 4330, section 3)
        seconds += _NTP_ERA_S
    return (seconds - _NTP_TO_UNIX_S) * 1000 + fraction * 1000 / _NTP_ERA_S


@dataclass(frozen=True, slots=True)
class ReportBlock:
    """What a receiver report says of one source (RFC 3550, section 6.4.1). `fraction_lost` is in 256ths since the
    report before, `jitter_ticks` in RTP ticks, `delay_s` since the sender report whose middle bits are given."""

    ssrc: int
    fraction_lost: int
    lost: int
    highest_sequence: int
    jitter_ticks: int
    last_report_middle: int
    delay_s: float


def receiver_report(own_ssrc: int, block: ReportBlock) -> bytes:
    """A compound packet of a receiver report with one block, and the CNAME that RFC 3550 asks for."""
    delay = min(int(block.delay_s * 65536), 0xFFFF_FFFF) if block.last_report_middle else 0
    report = _REPORT.pack(
        0x81,
        _RECEIVER_REPORT,
        7,
        own_ssrc,
        block.ssrc,
        block.fraction_lost << 24 | min(block.lost, 0x7F_FFFF),
        block.highest_sequence & 0xFFFF_FFFF,
        min(block.jitter_ticks, 0xFFFF_FFFF),
        block.last_report_middle,
        delay,
    )
    item = bytes((1, len(_CNAME))) + _CNAME
    item += bytes(4 - len(item) % 4)  # at least one zero ends the list
    description = struct.pack(">BBHI", 0x81, _SOURCE_DESCRIPTION, (4 + len(item)) // 4, own_ssrc)
    return report + description + item
