"""The time line of a run: from the time stamps of a camera to strictly rising decoding times and the wall clock.

One `Timeline` lives from a run's first video key frame (its zero) to the run's end. Time stamps of cameras wrap, start
anywhere, jitter, lack decoding times, differ between tracks and sometimes break; what leaves here is monotone and
bounded, or the run ends (`TimeBroken`). Costs about a microsecond a unit; pure arithmetic, no clock is read.
"""

from enum import Enum, auto
from typing import Final

from vedette.media.clocks import ArrivalFilter, HostClock, SenderClock, unwrap
from vedette.media.reorder import Reorder
from vedette.media.units import AUDIO, VIDEO, AccessUnit, EndReason, SenderReport, TimedUnit, Tracks

# A step of the time stamps of more than this against the arrival breaks the run; less is clamped and counted.
JUMP_S: Final = 1.0
# Nothing for this long (and much longer than usual): what follows is a new run, so that the hole is a gap.
HOLE_S: Final = 3.0
# Time stamps that fall behind the arrival by this much stand still.
LAG_S: Final = 10.0
# In frames: how far B-frames of a stream with very few frames a second may step back, and how long a hole is at least.
_STEP_BACK_FRAMES: Final = 5
_HOLE_FRAMES: Final = 6
# Audio is moved again when it is off by more than this: by sender reports, and by arrival where there are none.
_REALIGN_S: Final = 0.08
_REALIGN_BY_ARRIVAL_S: Final = 0.2
# Sender reports that contradict the arrival by more are of a camera that makes them up.
_MAX_SHIFT_S: Final = 2.0
# A run that begins so shortly before or after the end of the one before it follows it without a seam: the difference is
# that of two estimates, or frames that a server sends twice.
_SEAM_BACK_MS: Final = 1500.0
_SEAM_AHEAD_MS: Final = 250.0
# How fast the wall clock of the time line is corrected: seconds per second.
_LEAST_SLEW: Final = 0.02
_MOST_SLEW: Final = 0.2
_HELD_LIMIT: Final = 256
_EARLY_REPORTS: Final = 4


class Stamps(Enum):
    """What the time stamps of a source are."""

    RTP = auto()  # 32 bits, wrapping, each track from a random start (RFC 3550, section 5.1)
    FULL = auto()  # of full width, all tracks from one origin (libav)
    ARRIVAL = auto()  # not to be believed: the time of arrival is taken instead


class TimeBroken(Exception):  # noqa: N818 - it ends a run, it is not a fault of ours
    """The time line can't go on. The unit that showed it was not placed: it belongs to the next run."""

    def __init__(self, reason: EndReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class _Track:
    """One track's state. `zero` is the stamp of the run's zero, `top` the newest presentation time."""

    __slots__ = ("arrival_s", "filter", "last_dts", "rate", "stamp", "top", "track", "zero")

    def __init__(self, track: int, rate: int) -> None:
        self.track = track
        self.rate = rate
        self.stamp: int | None = None
        self.zero: int | None = None
        self.last_dts = -1
        self.top = 0
        self.arrival_s = 0.0
        self.filter = ArrivalFilter()

    def move(self, ticks: int) -> None:
        """What is to come lies `ticks` later; what was placed stays."""
        assert self.zero is not None
        self.zero -= ticks
        self.top += ticks
        self.filter = ArrivalFilter()


class Timeline:
    """Places access units. `reorder_depth` is what the parameter sets or an earlier run said about B-frames, `after_ms`
    the wall clock at the end of the stream's run before.

    The master track is video, or audio where there is no video: its ticks are the run's.
    """

    def __init__(
        self,
        tracks: Tracks,
        host: HostClock,
        *,
        reorder_depth: int = 0,
        stamps: Stamps = Stamps.RTP,
        after_ms: int | None = None,
    ) -> None:
        video, audio = tracks.video, tracks.audio
        self._tracks = (_Track(VIDEO, video.timescale if video else 1), _Track(AUDIO, audio.timescale if audio else 1))
        self._master = self._tracks[VIDEO if video else AUDIO]
        self._audio = self._tracks[AUDIO]
        self.master = self._master.track
        self.timescale = self._master.rate
        self.glitches = 0  # time stamps that had to be clamped
        self.dropped = 0  # units before the run's zero
        self._host = host
        self._stamps = stamps
        self._sender = SenderClock()
        self._early_reports: list[SenderReport] = []
        self._aligned = stamps is not Stamps.RTP
        self._reorder = Reorder(reorder_depth if video and stamps is Stamps.RTP else 0)
        self._held: list[AccessUnit] | None = [] if self._reorder.depth else None
        self._interval = 0  # of the master's frames, ticks, smoothed
        self._wall_zero_ms: float | None = None
        self._wall_ticks = 0
        self._after_ms = after_ms

    def place(self, unit: AccessUnit) -> tuple[TimedUnit, ...]:
        """The unit on the time line; nothing for a unit before the run's zero, several where the first frames were
        held back to learn the distance of B-frames.

        Raises TimeBroken, with the unit not placed.
        """
        if self._held is not None:
            return self._hold(unit)
        if unit.track == self._master.track:
            if self._master.zero is None and not self._start(unit):
                return ()
            return (self._place_master(unit),)
        placed = self._place_audio(unit)
        return () if placed is None else (placed,)

    def report(self, report: SenderReport) -> None:
        """Takes in an RTCP sender report. The first pair of them may move audio, also back."""
        track = self._tracks[report.track]
        if track.stamp is None or track.zero is None or self._master.last_dts < 0:
            self._early_reports = [*self._early_reports[1 - _EARLY_REPORTS :], report]
            return
        media_s = (unwrap(track.stamp, report.rtp_ticks) - track.zero) / track.rate
        expected_s = report.arrival_s - self._master.filter.minimum_s
        if self._sender.push(report, media_s, expected_s):
            self._realign_by_reports()

    def wall_ms(self, ticks: int) -> int:
        """The wall clock at `ticks` of the master track. Rises with `ticks`; corrected slowly while frames go by."""
        target = self._master.filter.minimum_s * 1000.0 + self._host.offset_ms
        if self._wall_zero_ms is None:
            self._wall_zero_ms, self._wall_ticks = self._without_seam(target, ticks), ticks
        elif ticks > self._wall_ticks:
            passed_ms = (ticks - self._wall_ticks) * 1000.0 / self.timescale
            error = target - self._wall_zero_ms
            most = passed_ms * min(max(_LEAST_SLEW, abs(error) / 10_000.0), _MOST_SLEW)
            self._wall_zero_ms += min(max(error, -most), most)
            self._wall_ticks = ticks
        return round(self._wall_zero_ms + ticks * 1000.0 / self.timescale)

    def about_ms(self, ticks: int) -> int:
        """The wall clock at `ticks` as far as it is known now, for what is only shown: changes nothing."""
        zero_ms = self._wall_zero_ms
        if zero_ms is None:
            zero_ms = self._master.filter.minimum_s * 1000.0 + self._host.offset_ms
        return round(zero_ms + ticks * 1000.0 / self.timescale)

    def _without_seam(self, zero_ms: float, ticks: int) -> float:
        after_ms, self._after_ms = self._after_ms, None
        if after_ms is not None:
            following_ms = after_ms - ticks * 1000.0 / self.timescale
            if -_SEAM_BACK_MS < zero_ms - following_ms < _SEAM_AHEAD_MS:
                return following_ms
        return zero_ms

    def rebase_wall(self) -> None:
        """Takes the wall clock over at once, after the host's was set. Call it where a new segment begins."""
        self._wall_zero_ms = None

    @property
    def reorder_depth(self) -> int:
        """What is known of B-frames, for the next run."""
        return self._reorder.depth

    @property
    def camera_clock_offset_ms(self) -> float | None:
        """The camera's wall clock minus ours, by its sender reports."""
        return self._sender.offset_ms(self._master.track, self._host)

    @property
    def drift_ppm(self) -> float | None:
        """How much faster the camera's media clock runs than ours."""
        return self._master.filter.drift_ppm

    # The start

    def _start(self, unit: AccessUnit) -> bool:
        """Makes a key frame the run's zero."""
        if self._master.track == VIDEO and not unit.key:
            self.dropped += 1
            return False
        known = unit.dts_ticks if self._stamps is Stamps.FULL else None
        self._master.zero = self._unwrapped(self._master, unit) if known is None else known
        return True

    def _hold(self, unit: AccessUnit) -> tuple[TimedUnit, ...]:
        """Keeps the first few frames (and the audio between them) until their distance is known."""
        held = self._held
        assert held is not None
        if (not held and not (unit.key and unit.track == VIDEO)) or len(held) >= _HELD_LIMIT:
            self.dropped += 1
            return ()
        held.append(unit)
        video = [entry for entry in held if entry.track == VIDEO]
        if len(video) < self._reorder.needed:
            return ()
        self._held = None
        return self._release(held, video)

    def _release(self, held: list[AccessUnit], video: list[AccessUnit]) -> tuple[TimedUnit, ...]:
        first = video[0].pts_ticks
        stamps = [unwrap(first, unit.pts_ticks) for unit in video]
        waited_s = video[-1].arrival_s - video[0].arrival_s
        if (max(stamps) - min(stamps)) / self.timescale > waited_s + _MAX_SHIFT_S:
            raise TimeBroken(EndReason.TIME_JUMP, "The camera's time stamps jumped among its first frames.")
        decoding = self._reorder.prime(stamps)
        self._master.zero = decoding[0]
        placed: list[TimedUnit] = []
        timed = iter(zip(stamps, decoding, strict=True))
        for unit in held:
            if unit.track == VIDEO:
                stamp, dts = next(timed)
                placed.append(self._settle_master(unit, stamp, stamp - decoding[0], dts - decoding[0]))
            elif (audio := self._place_audio(unit)) is not None:
                placed.append(audio)
        return tuple(placed)

    def _unwrapped(self, track: _Track, unit: AccessUnit) -> int:
        if self._stamps is Stamps.RTP:
            last = track.stamp
            if last is None:
                return unit.pts_ticks
            delta = (unit.pts_ticks - last) & 0xFFFF_FFFF  # `unwrap`, which would be another call for every unit
            return last + delta if delta < 0x8000_0000 else last + delta - 0x1_0000_0000
        if self._stamps is Stamps.FULL:
            return unit.pts_ticks
        return round(unit.arrival_s * track.rate)

    # The master track

    def _place_master(self, unit: AccessUnit) -> TimedUnit:
        track = self._master
        stamp = self._unwrapped(track, unit)
        zero = track.zero
        assert zero is not None
        pts = stamp - zero
        step = pts - track.top
        if not -self.timescale < step < self.timescale and track.last_dts >= 0:
            self._check_step(pts, step, unit.arrival_s)
        if unit.dts_ticks is not None and self._stamps is Stamps.FULL:
            dts = unit.dts_ticks - zero
        elif track.track == VIDEO:
            dts = self._reorder.push(stamp) - zero
        else:
            dts = pts
        if step > 0:
            self._interval = self._interval + ((step - self._interval) >> 3) if self._interval else step
        return self._settle_master(unit, stamp, pts, dts)

    def _settle_master(self, unit: AccessUnit, stamp: int, pts: int, dts: int) -> TimedUnit:
        track = self._master
        if dts <= track.last_dts:
            dts = track.last_dts + 1
            self.glitches += 1
        if pts < dts:
            pts = dts
        rolled = track.filter.push(unit.arrival_s, dts / track.rate)
        if rolled and track.filter.lag_s > LAG_S:
            raise TimeBroken(EndReason.TIME_JUMP, "The camera's time stamps stand still.")
        first = track.last_dts < 0
        track.stamp = stamp
        track.last_dts = dts
        if pts > track.top:
            track.top = pts
        track.arrival_s = unit.arrival_s
        if first:
            self._replay_reports()
        return TimedUnit(track.track, dts, pts, unit.key, unit.chunks, unit.size)

    def _check_step(self, pts: int, step: int, arrival_s: float) -> None:
        """Raises TimeBroken for a step of a second or more that the arrival does not explain, and for a hole."""
        seconds = step / self.timescale
        if seconds < 0:
            if -step > _STEP_BACK_FRAMES * self._interval:
                raise TimeBroken(EndReason.TIME_JUMP, f"The camera's time stamps went back by {-seconds:.1f} s.")
            return
        waited_s = arrival_s - self._master.arrival_s
        early_s = self._master.filter.minimum_s + pts / self.timescale - arrival_s
        if seconds - waited_s > JUMP_S and early_s > JUMP_S:
            raise TimeBroken(EndReason.TIME_JUMP, f"The camera's time stamps jumped {seconds:.1f} s ahead.")
        if seconds > HOLE_S and 0 < _HOLE_FRAMES * self._interval < step:
            raise TimeBroken(EndReason.TIMEOUT, f"The camera sent no frames for {seconds:.1f} s.")

    # Audio beside video

    def _place_audio(self, unit: AccessUnit) -> TimedUnit | None:
        track, master = self._audio, self._master
        if master.last_dts < 0:
            self.dropped += 1
            return None
        stamp = self._unwrapped(track, unit)
        expected_s = unit.arrival_s - master.filter.minimum_s
        track.stamp = stamp
        if track.zero is None:
            self._start_audio(stamp, expected_s)
        assert track.zero is not None
        pts = stamp - track.zero
        if not -track.rate < pts - track.top < track.rate and track.last_dts >= 0:
            step_s = (pts - track.top) / track.rate
            waited_s = unit.arrival_s - track.arrival_s
            if step_s < -JUMP_S or (step_s - waited_s > JUMP_S and pts / track.rate - expected_s > JUMP_S):
                # Audio alone never ends a run: it goes on where it arrives.
                track.move(round(expected_s * track.rate) - pts)
                self._sender.forget(AUDIO)
                pts = stamp - track.zero
        if pts < 0:
            self.dropped += 1
            return None
        if pts <= track.last_dts:
            pts = track.last_dts + 1
            self.glitches += 1
        track.last_dts = pts
        if pts > track.top:
            track.top = pts
        track.arrival_s = unit.arrival_s
        if not self._aligned and track.filter.push(unit.arrival_s, pts / track.rate):
            self._realign_by_arrival()
        return TimedUnit(AUDIO, pts, pts, unit.key, unit.chunks, unit.size)

    def _start_audio(self, stamp: int, expected_s: float) -> None:
        """Lays audio beside video: by their common origin, else by arrival and then by the reports that came before."""
        track, master = self._audio, self._master
        assert master.zero is not None
        if self._stamps is Stamps.RTP:
            track.zero = stamp - round(expected_s * track.rate)
            self._replay_reports()
        else:
            track.zero = round(master.zero * track.rate / master.rate)

    def _replay_reports(self) -> None:
        early, self._early_reports = self._early_reports, []
        for report in early:
            self.report(report)

    def _realign_by_reports(self) -> None:
        shift_s = self._sender.shift_s(VIDEO, AUDIO) if self._audio.zero is not None else None
        if shift_s is None or abs(shift_s) > _MAX_SHIFT_S:
            return
        if not self._aligned or abs(shift_s) > _REALIGN_S:
            self._aligned = True
            self._audio.move(round(shift_s * self._audio.rate))
            self._sender.forget(AUDIO)

    def _realign_by_arrival(self) -> None:
        """Without reports: in the long run the tracks of one camera arrive at the same time."""
        apart_s = self._audio.filter.minimum_s - self._master.filter.minimum_s
        if _REALIGN_BY_ARRIVAL_S < abs(apart_s) < float("inf"):
            self._audio.move(round(apart_s * self._audio.rate))
