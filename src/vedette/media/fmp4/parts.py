"""Timed units to parts: where a part ends, and which sound goes into it.

The hot path of the recorder: no I/O, no clock, one copy of the payload; 1 to 1.5 microseconds a unit, which is half a
percent of a core for 50 cameras with sound (benchmarks/fmp4.py). A frame's duration is the distance to its successor,
so a part leaves when the frame after it comes.
"""

from itertools import pairwise
from typing import Final

from vedette.media.fmp4.fragment import SampleRun, fragment
from vedette.media.fmp4.sound import WaitingSound
from vedette.media.units import VIDEO, Part, TimedUnit, Tracks

# Sound goes on for this long after the last frame before parts are made without waiting for the next frame.
STALL_MS: Final = 2000
# Of a lone last frame, whose distance to the next can't be known.
_GUESSED_FPS: Final = 25


class PartWriter:
    """Cuts after `part_ms` at the latest and before every key frame. One for each run; it lives across its segments.

    With video, frames before the first key frame and sound before that are dropped. A part's sound is what came for
    the time of its frames; late sound goes into the next part, with its own time. Where video stops for STALL_MS while
    sound goes on, the last frame is stretched and parts hold sound only until a frame comes.
    """

    __slots__ = ("_audio_rate", "_frame_ticks", "_frames", "_key", "_limit", "_sequence", "_sound", "_stall",
                 "_stall_at", "_start", "_started", "_video_rate")  # fmt: skip

    def __init__(self, tracks: Tracks, part_ms: int = 500) -> None:
        """Raises BadMedia where the audio's configuration is nonsense."""
        video, audio = tracks.video, tracks.audio
        self._video_rate = video.timescale if video else 0
        self._audio_rate = audio.timescale if audio else 0
        self._limit = (self._video_rate or self._audio_rate) * part_ms // 1000
        self._stall = self._audio_rate * STALL_MS // 1000
        self._sequence = 0
        self._frames: list[TimedUnit] = []  # of the part that is being filled
        self._sound = WaitingSound(audio)
        self._started = False
        self._start = 0  # of the part that is being filled, in ticks of the run
        self._key = False  # whether that part begins with a key frame
        self._frame_ticks = self._video_rate // _GUESSED_FPS
        self._stall_at = 0  # in ticks of the audio track

    def push(self, unit: TimedUnit) -> Part | None:
        """Takes one unit; gives a part when this unit shows that the part before it is complete.

        Raises ValueError for a unit whose dts does not rise within its track.
        """
        if unit.track != VIDEO:
            return self._push_sound(unit) if self._video_rate else self._push_lone_sound(unit)
        part = None
        dts = unit.dts_ticks
        if self._frames:
            duration = dts - self._frames[-1].dts_ticks
            if duration <= 0:
                raise ValueError(f"dts {dts} of a frame does not rise")
            self._frame_ticks = duration
        elif not self._started and not unit.key:
            return None
        elif dts < self._start:  # after a stall, and the sound was ahead
            self._start = dts
        if unit.key or dts + self._frame_ticks - self._start > self._limit:
            part = self._cut(dts)
            self._start, self._key, self._started = dts, unit.key, True
        self._frames.append(unit)
        self._stall_at = dts * self._audio_rate // self._video_rate + self._stall
        return part

    def flush(self) -> Part | None:
        """What is left, at the end of a run. The last frame gets the duration of the one before it."""
        end = self._start
        if self._sound.units:
            end = self._to_run(self._sound.end())
        if self._frames:
            end_of_frames = self._frames[-1].dts_ticks + self._frame_ticks
            return self._cut(end_of_frames, sound_until=max(end, end_of_frames) + 1)
        return self._cut(end, sound_until=end + 1)

    def waiting(self) -> list[TimedUnit]:
        """What was pushed and is in no part yet, each track in its order."""
        return [*self._frames, *self._sound.units]

    def _push_sound(self, unit: TimedUnit) -> Part | None:
        """Sound beside video: only a stall makes a part."""
        if not self._started:
            return None
        part = None
        if unit.dts_ticks > self._stall_at:
            now = self._to_run(unit.dts_ticks)
            if self._frames or now - self._start > self._limit:
                part = self._cut(now)
                self._start, self._key = now, False
        self._sound.append(unit)
        return part

    def _push_lone_sound(self, unit: TimedUnit) -> Part | None:
        part = None
        dts = unit.dts_ticks
        if not self._sound.units:
            self._start = dts
        elif dts + self._sound.duration(unit) - self._start > self._limit:
            part = self._cut(dts)
            self._start = dts
        self._key = True
        self._sound.append(unit)
        return part

    def _to_run(self, audio_ticks: int) -> int:
        return audio_ticks * self._video_rate // self._audio_rate if self._video_rate else audio_ticks

    def _cut(self, end: int, *, sound_until: int | None = None) -> Part | None:
        """A part of all frames, which end at `end`, and of the sound before it. Times are in ticks of the run."""
        frames, self._frames = self._frames, []
        runs: list[SampleRun] = []
        chunks: list[bytes] = []
        start = self._start
        if frames:
            start = frames[0].dts_ticks
            runs.append(_frame_run(frames, end))
            for unit in frames:
                chunks += unit.chunks
        if self._sound.units:
            until = end if sound_until is None else sound_until
            limit = until * self._audio_rate // self._video_rate if self._video_rate else until
            sound = self._sound.take(limit, chunks)
            if sound is not None:
                runs.append(sound)
        if not runs:
            return None
        self._sequence += 1
        return Part(fragment(self._sequence, runs, chunks), start, end - start, self._key, len(frames))


def _frame_run(frames: list[TimedUnit], end: int) -> SampleRun:
    times = [unit.dts_ticks for unit in frames]
    offsets = [unit.pts_ticks - unit.dts_ticks for unit in frames]
    first = times[0]
    times.append(end)
    durations = [after - before for before, after in pairwise(times)]
    sizes = [unit.size for unit in frames]
    return SampleRun(VIDEO, first, durations, sizes, offsets if any(offsets) else [], frames[0].key)
