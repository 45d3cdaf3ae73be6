"""Makes RTP packets in interleaved frames, as a camera would send them."""

import struct
from collections.abc import Sequence
from itertools import pairwise

from vedette.media.rtsp.interleaved import InterleavedReader
from vedette.media.rtsp.messages import Message
from vedette.media.rtsp.rtp import Receiver


def interleaved(channel: int, packet: bytes) -> bytes:
    """RFC 2326, section 10.12."""
    return struct.pack(">BBH", 0x24, channel, len(packet)) + packet


class RtpSender:
    """Numbers packets; each call gives one interleaved frame."""

    def __init__(self, channel: int = 0, payload_type: int = 96, ssrc: int = 0xABCDEF01, sequence: int = 0) -> None:
        self.channel = channel
        self.payload_type = payload_type
        self.ssrc = ssrc
        self.sequence = sequence

    def frame(
        self, payload: bytes, ticks: int, *, marker: bool = False, first: int = 0x80, extra: bytes = b""
    ) -> bytes:
        """`first` is the header's first byte, `extra` what it says follows the header."""
        header = struct.pack(
            ">BBHII", first, marker << 7 | self.payload_type, self.sequence, ticks & 0xFFFF_FFFF, self.ssrc
        )
        self.sequence = self.sequence + 1 & 0xFFFF
        return interleaved(self.channel, header + extra + payload)

    def lose(self, packets: int = 1) -> None:
        """Numbers that never come."""
        self.sequence = self.sequence + packets & 0xFFFF

    def h264(self, nals: Sequence[bytes], ticks: int, *, mtu: int = 1400) -> list[bytes]:
        """The frames of one access unit: single NAL units and FU-A."""
        payloads: list[bytes] = []
        for nal in nals:
            payloads += [nal] if len(nal) <= mtu else h264_fragments(nal, mtu)
        return self._frames(payloads, ticks)

    def h265(self, nals: Sequence[bytes], ticks: int, *, mtu: int = 1400, donl: bool = False) -> list[bytes]:
        """The frames of one access unit: single NAL units and FUs."""
        payloads: list[bytes] = []
        for number, nal in enumerate(nals):
            order = number.to_bytes(2, "big") if donl else b""
            payloads += [nal[:2] + order + nal[2:]] if len(nal) <= mtu else h265_fragments(nal, mtu, order)
        return self._frames(payloads, ticks)

    def _frames(self, payloads: Sequence[bytes], ticks: int) -> list[bytes]:
        return [
            self.frame(payload, ticks, marker=number == len(payloads) - 1) for number, payload in enumerate(payloads)
        ]


def h264_fragments(nal: bytes, mtu: int) -> list[bytes]:
    """FU-A payloads (RFC 6184, section 5.8)."""
    pieces = [nal[at : at + mtu] for at in range(1, len(nal), mtu)]
    last = len(pieces) - 1
    return [
        bytes((nal[0] & 0xE0 | 28, (number == 0) << 7 | (number == last) << 6 | nal[0] & 31)) + piece
        for number, piece in enumerate(pieces)
    ]


def h265_fragments(nal: bytes, mtu: int, order: bytes = b"") -> list[bytes]:
    """FU payloads (RFC 7798, section 4.4.3)."""
    pieces = [nal[at : at + mtu] for at in range(2, len(nal), mtu)]
    last = len(pieces) - 1
    return [
        bytes((nal[0] & 0x81 | 49 << 1, nal[1], (number == 0) << 7 | (number == last) << 6 | nal[0] >> 1 & 63))
        + (order if number == 0 else b"")
        + piece
        for number, piece in enumerate(pieces)
    ]


def read_frames(receivers: Sequence[Receiver], data: bytes, cuts: Sequence[int] = ()) -> list[Message]:
    """Feeds `data`, cut at `cuts`, through the reader as the client does; returns the messages between the packets."""
    messages: list[Message] = []
    reader = InterleavedReader(lambda message, _now_s: messages.append(message), lambda *_: None)
    for receiver in receivers:
        reader.add(receiver)
    edges = [0, *sorted(cuts), len(data)]
    for start, end in pairwise(edges):
        reader.feed(data[start:end], 0.0)
    return messages
