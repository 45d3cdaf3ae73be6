"""What one viewer is sent: packets that all share, behind an RTP header of its own, and again what got lost."""

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from vedette.live.whep.timing import ntp_of, rtp_of

HISTORY: Final = 1024  # also the window of libsrtp in aiortc: older packets can't be sent again
_MASK: Final = HISTORY - 1
_CNAME: Final = b"\x01\x07vedette"

_rtp: Final = struct.Struct(">BBHII")
_report: Final = struct.Struct(">BBHIQIII")
_description: Final = struct.Struct(">BBHI")

# Of what is sent again at most this many bytes a second: who asks for more than that has a link that can't be helped.
REPEATED_BYTES_S: Final = 1 << 20

Send = Callable[[Sequence[bytes]], None]


@dataclass(slots=True)
class Counts:
    """Of one track, since it began. `lost` is what the receiver says."""

    packets: int = 0
    octets: int = 0
    repeated: int = 0
    gone: int = 0  # asked for again, but too old
    lost: int = 0


class TrackSender:
    """One track of one viewer. `send` takes finished RTP packets, which go out encrypted or not at all: it never waits.

    The history holds the shared payloads, not copies of them: 1024 packets of a viewer cost about 150 KB.
    """

    def __init__(self, send: Send, ssrc: int, payload_type: int, rate: int, sequence: int) -> None:
        self.ssrc = ssrc
        self.rate = rate
        self.counts = Counts()
        self._send = send
        self._payload_type = payload_type
        self._sequence = sequence & 0xFFFF
        self._history: list[tuple[int, bytes, bytes] | None] = [None] * HISTORY
        self._budget = float(REPEATED_BYTES_S)
        self._budget_at = 0.0

    def frame(self, payloads: Sequence[bytes], ticks: int) -> None:
        """Sends the payloads of one frame; `ticks` are not cut to 32 bits."""
        sequence, ssrc, kind = self._sequence, self.ssrc, self._payload_type
        stamp = ticks & 0xFFFF_FFFF
        history, pack = self._history, _rtp.pack
        packets = []
        last = len(payloads) - 1
        octets = 0
        for index, payload in enumerate(payloads):
            head = pack(0x80, kind | 0x80 if index == last else kind, sequence, stamp, ssrc)
            history[sequence & _MASK] = (sequence, head, payload)
            packets.append(head + payload)
            octets += len(payload)
            sequence = sequence + 1 & 0xFFFF
        self._sequence = sequence
        self.counts.packets += len(packets)
        self.counts.octets += octets
        self._send(packets)

    def repeat(self, sequences: Sequence[int], now_s: float) -> None:
        """Sends again what a receiver misses, as far as it is still known and the link's share of that goes."""
        self._budget = min(REPEATED_BYTES_S, self._budget + (now_s - self._budget_at) * REPEATED_BYTES_S)
        self._budget_at = now_s
        packets = []
        for sequence in sequences:
            kept = self._history[sequence & _MASK]
            if kept is None or kept[0] != sequence:
                self.counts.gone += 1
                continue
            packet = kept[1] + kept[2]
            if self._budget < len(packet):
                break
            self._budget -= len(packet)
            packets.append(packet)
        self.counts.repeated += len(packets)
        if packets:
            self._send(packets)

    def report(self, now_ms: float) -> bytes:
        """A sender report with the name that binds sound and pictures together (RFC 3550, section 6.4.1)."""
        counts = self.counts
        report = _report.pack(
            0x80,
            200,
            6,
            self.ssrc,
            ntp_of(now_ms),
            rtp_of(now_ms, self.rate),
            counts.packets & 0xFFFF_FFFF,
            counts.octets & 0xFFFF_FFFF,
        )
        item = _CNAME + bytes(4 - len(_CNAME) % 4)
        return report + _description.pack(0x81, 202, (4 + len(item)) // 4, self.ssrc) + item

    def goodbye(self) -> bytes:
        """Says that nothing more comes (RFC 3550, section 6.6)."""
        return _description.pack(0x81, 203, 1, self.ssrc)
