"""RTP over the RTSP connection (RFC 3550; RFC 2326, section 10.12): one receiver per track reads its packets.

TCP keeps the order, so there is no reordering buffer: a missing sequence number will never come. What does come are
gaps (the camera drops when its send buffer is full), duplicates, wraps and restarts of the numbering.
"""

import struct
from typing import Final

from vedette.media.rtsp.rtcp import ReportBlock, SenderInfo
from vedette.media.units import SourceSink

# RFC 3550, appendix A.1: a longer jump is a restart of the numbering, a short one back is an old packet again.
MAX_DROPOUT: Final = 3000
MAX_MISORDER: Final = 100

FRAME_HEADER: Final = 4  # '$', channel, 16-bit length
_FIXED: Final = FRAME_HEADER + 12
_FRAME_AND_RTP: Final = struct.Struct(">HHHHII")  # '$' and channel, length, flags, sequence, time stamp, SSRC


class Receiver:
    """The receiving side of one track.

    A subclass takes payloads apart and hands access units to the sink. `channel` is the interleaved channel of its RTP
    packets, its RTCP comes on the next one; both are known after SETUP.
    """

    __slots__ = (
        "_first_sequence",
        "_jitter",
        "_magic",
        "_next_sequence",
        "_reported_lost",
        "_reported_received",
        "_sender",
        "_sender_s",
        "_ssrc",
        "_transit",
        "clock_rate",
        "lost",
        "payload_type",
        "received",
        "rtcp_channel",
        "sink",
        "track",
    )

    def __init__(self, track: int, payload_type: int, clock_rate: int, sink: SourceSink) -> None:
        self.track = track
        self.payload_type = payload_type
        self.clock_rate = clock_rate
        self.sink = sink
        self.received = 0
        self.lost = 0
        self._ssrc = -1
        self._first_sequence = 0
        self._next_sequence = -1
        self._sender: SenderInfo | None = None
        self._sender_s = 0.0
        self._jitter = 0.0
        self._transit: float | None = None
        self._reported_received = 0
        self._reported_lost = 0
        self.set_channels(0, 1)

    def set_channels(self, rtp: int, rtcp: int) -> None:
        """The interleaved channels that SETUP agreed on."""
        self._magic = 0x2400 | rtp
        self.rtcp_channel = rtcp

    @property
    def channel(self) -> int:
        """The interleaved channel of the RTP packets."""
        return self._magic & 0xFF

    @property
    def ssrc(self) -> int | None:
        """The present source, None before its first packet."""
        return self._ssrc if self._ssrc >= 0 else None

    def consume(self, data: bytes, offset: int, end: int, now_s: float) -> int:
        """Reads the whole interleaved frames of this track that follow one another from `offset`.

        Returns the offset of the first byte not read: a frame of another channel, one that is cut off, or something
        that is no RTP packet. Raises RtspError (PROTOCOL) when an access unit passes its limits.
        """
        magic = self._magic
        while offset + _FIXED <= end:
            frame, length, flags, sequence, ticks, ssrc = _FRAME_AND_RTP.unpack_from(data, offset)
            stop = offset + FRAME_HEADER + length
            if stop > end or frame != magic or flags >> 14 != 2 or length < 12:
                break
            self.packet(data, offset + _FIXED, stop, flags, sequence, ticks, ssrc, now_s)
            offset = stop
        return offset

    def packet(
        self, data: bytes, start: int, stop: int, flags: int, sequence: int, ticks: int, ssrc: int, now_s: float
    ) -> None:
        """One RTP packet whose fixed header is taken apart. `start` is behind that header, `stop` behind the packet."""
        if ssrc != self._ssrc:
            self._new_source(ssrc, sequence)
        elif sequence != self._next_sequence and not self._skip_to(sequence):
            return
        self._next_sequence = sequence + 1 & 0xFFFF
        self.received += 1
        if flags & 0x7F != self.payload_type:
            return  # comfort noise, retransmissions: numbered with the rest, but not ours to read
        if flags & 0x3F00:
            start, stop = payload_span(data, start, stop, flags)
        self.payload(data, start, stop, bool(flags & 0x80), ticks, now_s)

    def payload(self, data: bytes, start: int, stop: int, marker: bool, ticks: int, now_s: float) -> None:
        """One payload in order. It may be empty (`start >= stop`): some senders end a frame with a mere marker."""
        raise NotImplementedError

    def gap(self) -> None:
        """Packets are missing before the next payload."""
        raise NotImplementedError

    def _new_source(self, ssrc: int, sequence: int) -> None:
        """The first packet, or the camera started its stream anew: what was unfinished stays so."""
        if self._ssrc >= 0:
            self.gap()
        self._ssrc = ssrc
        self._restart(sequence)
        self._sender = None
        self._transit = None

    def _restart(self, sequence: int) -> None:
        # Chosen so that first + received + lost stays the next extended number, whatever was counted before.
        self._first_sequence = sequence - self.received - self.lost

    def _skip_to(self, sequence: int) -> bool:
        """Accounts for the jump from the expected number to `sequence`; false when the packet is an old one."""
        ahead = sequence - self._next_sequence & 0xFFFF
        if ahead > 0x10000 - MAX_MISORDER:
            return False
        if ahead < MAX_DROPOUT:
            missing = ahead
        else:
            missing = 1  # nobody knows how many
            self._restart(sequence - 1)
        self.lost += missing
        self.gap()
        self.sink.on_lost(self.track, missing)
        return True

    def observe(self, ticks: int, now_s: float) -> None:
        """Takes the arrival of a frame into the jitter (RFC 3550, section 6.4.1), once per frame instead of per packet:
        reads are coalesced, so packets have no arrival times of their own."""
        transit = now_s * self.clock_rate - ticks
        if self._transit is not None:
            change = abs(transit - self._transit)
            if change < self.clock_rate:  # else the time stamp wrapped or jumped
                self._jitter += (change - self._jitter) / 16
        self._transit = transit

    @property
    def jitter_s(self) -> float:
        """Estimated variation of the arrival of frames, seconds."""
        return self._jitter / self.clock_rate

    def sender_report(self, sender: SenderInfo, now_s: float) -> None:
        """Remembers the report that the next receiver report answers."""
        self._sender = sender
        self._sender_s = now_s

    def report_block(self, now_s: float) -> ReportBlock | None:
        """What to tell the sender, None before the first packet. Starts the next interval of `fraction_lost`."""
        if self._ssrc < 0:
            return None
        received = self.received - self._reported_received
        lost = self.lost - self._reported_lost
        self._reported_received, self._reported_lost = self.received, self.lost
        total = received + lost
        return ReportBlock(
            self._ssrc,
            min(255, lost * 256 // total) if total else 0,
            self.lost,
            self._first_sequence + self.received + self.lost - 1,
            int(self._jitter),
            self._sender.ntp_middle if self._sender else 0,
            now_s - self._sender_s if self._sender else 0.0,
        )


def payload_span(data: bytes, start: int, stop: int, flags: int) -> tuple[int, int]:
    """Where the payload begins and ends behind CSRCs, a header extension and before padding (RFC 3550, section 5.1).

    `start` is behind the 12 fixed bytes. A header that runs out of the packet gives an empty payload.
    """
    begin = start
    if flags & 0x2000 and stop > start:
        stop -= data[stop - 1]
    start += 4 * (flags >> 8 & 15)
    if flags & 0x1000:
        if start + 4 > stop:
            return begin, begin
        start += 4 + 4 * (data[start + 2] << 8 | data[start + 3])
    return (start, stop) if start < stop else (begin, begin)
