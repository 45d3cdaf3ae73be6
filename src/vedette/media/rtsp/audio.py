"""Audio over RTP: AAC (RFC 3640, mode AAC-hbr and AAC-lbr), G.711 (RFC 3551) and Opus (RFC 7587)."""

from typing import Final

from vedette.media.rtsp.rtp import Receiver
from vedette.media.units import AUDIO, AccessUnit, SourceSink

MAX_AU_HEADER_BITS: Final = 4096


class PacketAudioReceiver(Receiver):
    """G.711 and Opus: each packet is one access unit."""

    __slots__ = ()

    def __init__(self, payload_type: int, clock_rate: int, sink: SourceSink) -> None:
        super().__init__(AUDIO, payload_type, clock_rate, sink)

    def payload(self, data: bytes, start: int, stop: int, marker: bool, ticks: int, now_s: float) -> None:
        if start < stop:
            self.observe(ticks, now_s)
            self.sink.on_unit(AccessUnit(AUDIO, ticks, True, [data[start:stop]], stop - start, now_s))

    def gap(self) -> None:
        """A lost packet is a lost unit; nothing else is damaged by it."""


class AacReceiver(Receiver):
    """AAC frames: several in a packet, or one in several packets.

    `size_bits`, `index_bits` and `delta_bits` are sizeLength, indexLength and indexDeltaLength of the SDP (RFC 3640,
    section 3.2.1), `frame_ticks` the duration of a frame. Frames are never interleaved in these modes.
    """

    __slots__ = (
        "_delta_bits",
        "_index_bits",
        "_partial",
        "_partial_size",
        "_partial_ticks",
        "_size_bits",
        "_usual",
        "frame_ticks",
    )

    def __init__(
        self,
        payload_type: int,
        clock_rate: int,
        sink: SourceSink,
        *,
        size_bits: int = 13,
        index_bits: int = 3,
        delta_bits: int = 3,
        frame_ticks: int = 1024,
    ) -> None:
        super().__init__(AUDIO, payload_type, clock_rate, sink)
        self._size_bits = size_bits
        self._index_bits = index_bits
        self._delta_bits = delta_bits
        self.frame_ticks = frame_ticks
        self._usual = (size_bits, index_bits) == (13, 3)
        self._partial: list[bytes] = []
        self._partial_size = 0  # what is still to come of it
        self._partial_ticks = 0

    def payload(self, data: bytes, start: int, stop: int, marker: bool, ticks: int, now_s: float) -> None:
        if start + 2 > stop:
            return
        if self._usual and data[start] == 0 and data[start + 1] == 16:  # one frame per packet, as nearly all send
            size = (data[start + 2] << 8 | data[start + 3]) >> 3 if start + 4 < stop else 0
            if size and start + 4 + size == stop and not self._partial:
                self._deliver(data[start + 4 : stop], ticks, now_s)
                return
        sizes, start = self._frame_sizes(data, start, stop)
        if start == stop:
            return
        if len(sizes) == 1 and sizes[0] > stop - start:
            self._fragment(sizes[0], data[start:stop], ticks, now_s)
            return
        if self._partial and len(sizes) == 1 and ticks == self._partial_ticks:
            self._fragment(sizes[0], data[start:stop], ticks, now_s)
            return
        self.gap()
        for number, size in enumerate(sizes):
            if not size or start + size > stop:
                break
            self._deliver(data[start : start + size], ticks + number * self.frame_ticks & 0xFFFF_FFFF, now_s)
            start += size

    def gap(self) -> None:
        self._partial = []

    def _frame_sizes(self, data: bytes, start: int, stop: int) -> tuple[list[int], int]:
        """The AU headers (RFC 3640, section 3.2.1): the frames' sizes, and where the first frame begins."""
        bits = data[start] << 8 | data[start + 1]
        begin = start + 2
        body = begin + (bits + 7) // 8
        if body > stop or bits > MAX_AU_HEADER_BITS:
            return [], stop
        headers = int.from_bytes(data[begin:body], "big")
        left = (body - begin) * 8
        end = left - bits
        sizes: list[int] = []
        index_bits = self._index_bits
        while left - end >= self._size_bits + index_bits:
            left -= self._size_bits
            sizes.append(headers >> left & (1 << self._size_bits) - 1)
            left -= index_bits
            index_bits = self._delta_bits
        return sizes, body

    def _fragment(self, size: int, piece: bytes, ticks: int, now_s: float) -> None:
        """RFC 3640, section 3.2.3.1: each piece repeats the size of the whole."""
        if not self._partial or ticks != self._partial_ticks:
            self._partial, self._partial_ticks, self._partial_size = [], ticks, size
        self._partial.append(piece)
        self._partial_size -= len(piece)
        if self._partial_size <= 0:
            frame = b"".join(self._partial)
            whole = not self._partial_size
            self._partial = []
            if whole:
                self._deliver(frame, ticks, now_s)

    def _deliver(self, frame: bytes, ticks: int, now_s: float) -> None:
        self.observe(ticks, now_s)
        self.sink.on_unit(AccessUnit(AUDIO, ticks, True, [frame], len(frame), now_s))
