"""H.264 over RTP (RFC 6184): single NAL units, STAP-A and FU-A, as packetization modes 0 and 1 have them.

A key frame is an IDR picture, or one with a recovery point SEI of recovery_frame_cnt 0 whose first slice is I: what
encoders with open groups of pictures send instead. Gradual refresh without any such picture has no key frames.
"""

from typing import Final

from vedette.media.rtsp.video import VideoReceiver
from vedette.media.units import SourceSink, VideoConfig

_IDR: Final = 5
_SEI: Final = 6
_SPS: Final = 7
_PPS: Final = 8
# Access unit delimiter, end of sequence, end of stream, filler: nothing that a sample in MP4 needs.
_DROPPED: Final = frozenset({9, 10, 11, 12})
_STAP_A: Final = 24
_FU_A: Final = 28
_RECOVERY_POINT: Final = 6


class H264Receiver(VideoReceiver):
    """One H.264 track."""

    __slots__ = ("_recovery",)

    def __init__(self, payload_type: int, config: VideoConfig, sink: SourceSink) -> None:
        self._recovery = False
        super().__init__(payload_type, config, sink, fragment_header=2)

    def _begin(self) -> None:
        super()._begin()
        self._recovery = False

    def nal_units(self, data: bytes, start: int, stop: int) -> None:
        kind = data[start] & 31
        if kind == _FU_A:
            self._fragmented(data, start, stop)
            return
        if self._fragment is not None:
            self.close_fragment()
        if kind == _STAP_A:
            self._aggregate(data, start + 1, stop)
        elif 0 < kind < _STAP_A:
            self.nal(data[start:stop])
        else:
            self.damaged()  # MTAP, STAP-B, FU-B: only in the interleaved mode, which the SDP did not announce

    def _fragmented(self, data: bytes, start: int, stop: int) -> None:
        """RFC 6184, section 5.8."""
        if stop - start < 3:
            self.damaged()
            return
        indicator, header = data[start], data[start + 1]
        kind = header & 31
        if header & 0x80:
            prefix = bytes((indicator, kind))
            self.open_fragment(kind, bytes((indicator & 0xE0 | kind,)), prefix, data[start + 2 : stop])
            if header & 0x40:
                self.close_fragment()  # forbidden, and whole all the same
        else:
            self.continue_fragment(kind, data[start + 2 : stop], bool(header & 0x40))

    def _aggregate(self, data: bytes, start: int, stop: int) -> None:
        """RFC 6184, section 5.7.1."""
        while start + 2 < stop:
            end = start + 2 + (data[start] << 8 | data[start + 1])
            if end > stop:
                self.damaged()
                return
            if end > start + 2:
                self.nal(data[start + 2 : end])
            start = end

    def nal(self, nal: bytes) -> None:
        kind = nal[0] & 31
        if 1 <= kind <= _IDR:
            self.slice_begins(kind, nal[1] if len(nal) > 1 else 0)
            self.add(nal)
        elif kind == _SPS:
            self.add_parameter_set("sps", nal)
        elif kind == _PPS:
            self.add_parameter_set("pps", nal)
        elif kind not in _DROPPED:
            if kind == _SEI and recovers_at_once(nal):
                self._recovery = True
            self.add(nal)

    def is_slice(self, kind: int) -> bool:
        return 1 <= kind <= _IDR

    def slice_begins(self, kind: int, first: int) -> None:
        # first_mb_in_slice is ue(v): one bit 1 means macroblock 0. slice_type follows: 2 is 011, 7 is 0001000.
        intra = first & 0xF0 == 0xB0 or first == 0x88
        self.begin_slice(kind == _IDR or (self._recovery and intra), bool(first & 0x80))


def recovers_at_once(sei: bytes) -> bool:
    """Whether an SEI NAL unit holds a recovery point with recovery_frame_cnt 0 (ISO/IEC 14496-10, D.1.8)."""
    at = 1
    while at + 2 < len(sei):
        kind = size = 0
        while at < len(sei) and sei[at] == 0xFF:
            kind += 255
            at += 1
        if at >= len(sei):
            return False
        kind += sei[at]
        at += 1
        while at < len(sei) and sei[at] == 0xFF:
            size += 255
            at += 1
        if at + 1 >= len(sei):
            return False
        size += sei[at]
        at += 1
        if kind == _RECOVERY_POINT:
            return bool(sei[at] & 0x80)  # ue(v) 0 is one bit 1
        at += size
    return False
