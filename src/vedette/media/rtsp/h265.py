"""H.265 over RTP (RFC 7798): single NAL units, aggregation packets and fragmentation units, with or without DONL.

A key frame is an IRAP picture (BLA, IDR, CRA: types 16 to 21). Decoding order numbers are read over, not sorted by: in
a single session over TCP they can only say what the order of the packets says.
"""

from typing import Final

from vedette.media.rtsp.video import VideoReceiver
from vedette.media.units import SourceSink, VideoConfig

_FIRST_IRAP: Final = 16
_LAST_IRAP: Final = 21
_LAST_SLICE: Final = 31
_PARAMETER_SETS: Final = {32: "vps", 33: "sps", 34: "pps"}
# Access unit delimiter, end of sequence, end of bitstream, filler.
_DROPPED: Final = frozenset({35, 36, 37, 38})
_AGGREGATE: Final = 48
_FRAGMENT: Final = 49


class H265Receiver(VideoReceiver):
    """One H.265 track. `donl` says that the packets carry decoding order numbers (sprop-max-don-diff > 0)."""

    __slots__ = ("_donl",)

    def __init__(self, payload_type: int, config: VideoConfig, sink: SourceSink, *, donl: bool = False) -> None:
        self._donl = 2 if donl else 0
        super().__init__(payload_type, config, sink, fragment_header=3)

    def nal_units(self, data: bytes, start: int, stop: int) -> None:
        if stop - start < 3:
            self.damaged()
            return
        kind = data[start] >> 1 & 63
        if kind == _FRAGMENT:
            self._fragmented(data, start, stop)
            return
        if self._fragment is not None:
            self.close_fragment()
        if kind == _AGGREGATE:
            self._aggregate(data, start + 2, stop)
        elif kind < _AGGREGATE:
            header, body = data[start : start + 2], start + 2 + self._donl
            self.nal(header + data[body:stop] if self._donl else data[start:stop])
        else:
            self.damaged()  # PACI and what is reserved

    def _fragmented(self, data: bytes, start: int, stop: int) -> None:
        """RFC 7798, section 4.4.3."""
        header = data[start + 2]
        kind = header & 63
        if header & 0x80:
            body = start + 3 + self._donl
            if body >= stop:
                self.damaged()
                return
            own = bytes((data[start] & 0x81 | kind << 1, data[start + 1]))
            prefix = bytes((data[start], data[start + 1], kind))
            self.open_fragment(kind, own, prefix, data[body:stop])
            if header & 0x40:
                self.close_fragment()
        else:
            self.continue_fragment(kind, data[start + 3 : stop], bool(header & 0x40))

    def _aggregate(self, data: bytes, start: int, stop: int) -> None:
        """RFC 7798, section 4.4.2: DONL before the first unit, a DOND byte before each further one."""
        skip = self._donl
        while start + skip + 2 < stop:
            start += skip
            end = start + 2 + (data[start] << 8 | data[start + 1])
            if end > stop or end < start + 4:
                self.damaged()
                return
            self.nal(data[start + 2 : end])
            start = end
            skip = 1 if self._donl else 0

    def nal(self, nal: bytes) -> None:
        if len(nal) < 3:
            return
        kind = nal[0] >> 1 & 63
        if kind <= _LAST_SLICE:
            self.slice_begins(kind, nal[2])
            self.add(nal)
        elif kind in _PARAMETER_SETS:
            self.add_parameter_set(_PARAMETER_SETS[kind], nal)
        elif kind not in _DROPPED:
            self.add(nal)

    def is_slice(self, kind: int) -> bool:
        return kind <= _LAST_SLICE

    def slice_begins(self, kind: int, first: int) -> None:
        # first_slice_segment_in_pic_flag is the first bit of the slice segment header.
        self.begin_slice(_FIRST_IRAP <= kind <= _LAST_IRAP, bool(first & 0x80))
