"""Access units to interleaved RTP packets, once for all who take a stream (RFC 3550, RFC 2326 section 10.12). Pure but
for the numbers that it is given.

The time line goes on over runs: RTP time never goes back, and a pause between two runs is as long as on the wall.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from vedette.media.rtsp_server import payloads
from vedette.media.rtsp_server.description import clock_rate, payload_type
from vedette.media.rtsp_server.reports import interleaved, sender_report
from vedette.media.units import AUDIO, VIDEO, AudioConfig, Codec, TimedUnit, Tracks, VideoConfig

_FRAME = struct.Struct(">BBHBBHII")
# What the length of an interleaved packet can say, less the RTP header.
_LARGEST = 0xFFFF - 12
# Between the last unit of a run and the first of the next one, where the wall clock says less.
_SEAM_US = 40_000


class PackedUnit:
    """One access unit as packets. `begins` says that a decoder can begin with it."""

    __slots__ = ("_data", "_others", "_starts", "begins", "rtp_time", "sequence", "size", "track")

    def __init__(
        self, track: int, begins: bool, sequence: int, rtp_time: int, data: bytes, starts: Sequence[int]
    ) -> None:
        self.track = track
        self.begins = begins
        self.sequence = sequence
        self.rtp_time = rtp_time
        self.size = len(data)
        self._data = data
        self._starts = starts
        self._others: dict[int, bytes] = {}

    def on(self, channel: int) -> bytes:
        """The packets for an interleaved channel. The usual one (0 for video, 2 for sound) costs nothing."""
        if channel == 2 * self.track:
            return self._data
        made = self._others.get(channel)
        if made is None:
            copy = bytearray(self._data)
            for start in self._starts:
                copy[start + 1] = channel
            made = self._others[channel] = bytes(copy)
        return made


@dataclass(frozen=True, slots=True)
class Numbers:
    """Where the RTP numbers of a track begin: anywhere (RFC 3550, section 5.1)."""

    ssrc: int
    sequence: int
    rtp_time: int


class _Track:
    def __init__(self, track: int, config: VideoConfig | AudioConfig, numbers: Numbers) -> None:
        self.track = track
        self.config = config
        self.clock = clock_rate(config)
        self.ssrc = numbers.ssrc
        self.sequence = numbers.sequence
        self.base = numbers.rtp_time
        self.packets = self.octets = 0
        self._type = payload_type(config)

    def rtp_time(self, line_us: int, ticks: int) -> int:
        """Of a moment `ticks` after the point of the line where its run has zero."""
        return self.base + line_us * self.clock // 1_000_000 + ticks * self.clock // self.config.timescale & 0xFFFF_FFFF

    def pack(self, unit: TimedUnit, begins: bool, line_us: int) -> PackedUnit | None:
        cut = [one for one in self._cut(unit) if len(one) <= _LARGEST]
        if not cut:
            return None
        first, rtp_time = self.sequence, self.rtp_time(line_us, unit.pts_ticks)
        pieces: list[bytes] = []
        starts: list[int] = []
        at, last = 0, len(cut) - 1
        for index, payload in enumerate(cut):
            kind = self._type | (0x80 if index == last and self.track == VIDEO else 0)
            head = _FRAME.pack(
                0x24, 2 * self.track, 12 + len(payload), 0x80, kind, self.sequence & 0xFFFF, rtp_time, self.ssrc
            )
            pieces += (head, payload)
            starts.append(at)
            at += len(head) + len(payload)
            self.octets += len(payload)
            self.sequence += 1
        self.packets += len(cut)
        return PackedUnit(self.track, begins, first & 0xFFFF, rtp_time, b"".join(pieces), starts)

    def _cut(self, unit: TimedUnit) -> list[bytes]:
        data = unit.chunks[0] if len(unit.chunks) == 1 else b"".join(unit.chunks)
        config = self.config
        if isinstance(config, VideoConfig):
            units = nal_units(data)
            if unit.key:
                units = with_parameter_sets(config, units)
            cut = payloads.h264 if config.codec is Codec.H264 else payloads.h265
            return cut(units, aggregate=True)
        if config.codec is Codec.AAC:
            return payloads.aac(data) if len(data) < 1 << 13 else []
        return payloads.whole(data)


class StreamPacker:
    """One stream's tracks. `numbers` are those of video and sound, in this order."""

    def __init__(self, tracks: Tracks, numbers: tuple[Numbers, Numbers]) -> None:
        self.tracks = tracks
        self._tracks: dict[int, _Track] = {}
        for track, config in ((VIDEO, tracks.video), (AUDIO, tracks.audio)):
            if config is not None:
                self._tracks[track] = _Track(track, config, numbers[track])
        self._line_us = 0  # where the present run has its zero
        self._end_us = 0  # of what was packed
        self._begin_ms = 0  # wall clock of the line's zero
        self._began = False
        self._at_us = 0  # a moment of the line and its wall clock, for the reports
        self._at_ms = 0

    def begin_run(self, unit: TimedUnit, at_ms: int) -> None:
        """Another run of the same tracks begins with this unit, whose wall clock is `at_ms`."""
        into_us = unit.dts_ticks * 1_000_000 // self._tracks[unit.track].config.timescale
        if not self._began:
            self._began, self._begin_ms, self._line_us = True, at_ms, -into_us
            return
        wall_us = (at_ms - self._begin_ms) * 1000
        self._line_us = max(wall_us, self._end_us + _SEAM_US) - into_us

    def pack(self, unit: TimedUnit, at_ms: int) -> PackedUnit | None:
        """The unit's packets; None for what can't be carried. Raises ValueError for a sample that is none."""
        track = self._tracks.get(unit.track)
        if track is None:
            return None
        timescale = track.config.timescale
        self._end_us = max(self._end_us, self._line_us + unit.pts_ticks * 1_000_000 // timescale)
        if unit.track == VIDEO or VIDEO not in self._tracks:
            self._at_us = self._line_us + unit.dts_ticks * 1_000_000 // timescale
            self._at_ms = at_ms
        begins = unit.key and (unit.track == VIDEO or VIDEO not in self._tracks)
        return track.pack(unit, begins, self._line_us)

    def report(self, track: int, channel: int) -> bytes:
        """A sender report of a track, framed for its RTCP channel. Both tracks' tell of the same moment."""
        return interleaved(channel, self._report(self._tracks[track]))

    def farewell(self, track: int, channel: int) -> bytes:
        """Says that a track ends."""
        one = self._tracks[track]
        return interleaved(channel, self._report(one) + struct.pack(">BBHI", 0x81, 203, 1, one.ssrc))

    def _report(self, track: _Track) -> bytes:
        rtp_time = track.base + self._at_us * track.clock // 1_000_000 & 0xFFFF_FFFF
        return sender_report(track.ssrc, self._at_ms, rtp_time, track.packets, track.octets)

    def ssrc(self, track: int) -> int:
        """For the answer to SETUP."""
        return self._tracks[track].ssrc


def nal_units(sample: bytes) -> list[bytes]:
    """The NAL units of a sample as MP4 has it, each after 4 bytes of length. Raises ValueError."""
    units: list[bytes] = []
    at, end = 0, len(sample)
    while at + 4 <= end:
        length = int.from_bytes(sample[at : at + 4], "big")
        at += 4
        if length > end - at:
            raise ValueError("a NAL unit ends outside of its sample")
        if length:
            units.append(sample[at : at + length])
        at += length
    if at != end:
        raise ValueError("a sample ends inside a length")
    return units


def with_parameter_sets(config: VideoConfig, units: list[bytes]) -> list[bytes]:
    """What a key frame is sent with: samples are without the sets, and who joins needs them. The access unit delimiter
    stays first (Rec. ITU-T H.264, section 7.4.1.2.3)."""
    h264 = config.codec is Codec.H264
    delimiter = bool(units) and (units[0][0] & 31 == 9 if h264 else units[0][0] >> 1 & 63 == 35)
    sets = [*config.vps, *config.sps, *config.pps]
    return [*units[:delimiter], *sets, *units[delimiter:]]
