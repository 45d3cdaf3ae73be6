"""Units to fragments of one frame each, for those who want to see it now: nothing waits for the frame after it.

A frame's duration is a guess (that of the one before it), which players bear: each fragment says when it begins. Only
the first frame waits for the second, since nothing is known of it, and too short a guess would leave a hole. The sound
that came since the last frame goes with the next one; where frames stay away it goes alone.
"""

from typing import Final, NamedTuple

from vedette.media.fmp4.fragment import SampleRun, fragment
from vedette.media.fmp4.sound import WaitingSound
from vedette.media.units import VIDEO, TimedUnit, Tracks

# Sound waits no longer than this for a frame to go with, and has as much of it in one fragment where there is no video.
_SOUND_MS: Final = 200
_LONE_SOUND_MS: Final = 100
_ALL: Final = 1 << 62


class Piece(NamedTuple):
    """A fragment. Times are in ticks of the run; `key`: a player can begin with it."""

    data: bytes
    dts: int
    duration: int
    key: bool


class PieceWriter:
    """For one run, from any frame on: who shows the pieces sees to it that a player begins with a key frame."""

    def __init__(self, tracks: Tracks) -> None:
        """Raises BadMedia where the audio's configuration is nonsense."""
        video, audio = tracks.video, tracks.audio
        self._video_rate = video.timescale if video else 0
        self._audio_rate = audio.timescale if audio else 0
        self._sound = WaitingSound(audio)
        self._sequence = 0
        self._last: int | None = None
        self._frame_ticks = 0
        self._held: TimedUnit | None = None  # the first frame

    def push(self, unit: TimedUnit) -> Piece | None:
        """Takes one unit. Raises ValueError for one whose dts does not rise within its track."""
        if unit.track == VIDEO:
            return self._frame(unit)
        if self._video_rate and self._last is None:
            return None
        sound = self._sound
        sound.append(unit)
        if not sound.units:
            return None
        waited_ms = (sound.end() - sound.units[0].dts_ticks) * 1000 // self._audio_rate
        if waited_ms < (_SOUND_MS if self._video_rate else _LONE_SOUND_MS):
            return None
        return self._alone()

    def _frame(self, unit: TimedUnit) -> Piece | None:
        dts, last = unit.dts_ticks, self._last
        self._last = dts
        if last is None:
            self._held = unit
            return None
        if dts <= last:
            raise ValueError(f"dts {dts} of a frame does not rise")
        # After a stall the distance says nothing about the next frame.
        self._frame_ticks = min(dts - last, self._video_rate)
        held, self._held = self._held, None
        if held is None:
            return self._frames([unit])
        if unit.key:  # which must begin a fragment
            self._held = unit
            return self._frames([held])
        return self._frames([held, unit])

    def _frames(self, units: list[TimedUnit]) -> Piece:
        first, ticks = units[0], self._frame_ticks
        offsets = [unit.pts_ticks - unit.dts_ticks for unit in units]
        sizes = [unit.size for unit in units]
        durations = [ticks] * len(units)
        runs = [SampleRun(VIDEO, first.dts_ticks, durations, sizes, offsets if any(offsets) else [], first.key)]
        chunks = [chunk for unit in units for chunk in unit.chunks]
        if self._sound.units:
            sound = self._sound.take(_ALL, chunks)
            if sound is not None:
                runs.append(sound)
        return self._piece(runs, chunks, first.dts_ticks, ticks * len(units), first.key)

    def _alone(self) -> Piece | None:
        chunks: list[bytes] = []
        start, end = self._sound.units[0].dts_ticks, self._sound.end()
        sound = self._sound.take(_ALL, chunks)
        if sound is None:
            return None
        if self._video_rate:
            start = start * self._video_rate // self._audio_rate
            end = end * self._video_rate // self._audio_rate
        return self._piece([sound], chunks, start, end - start, not self._video_rate)

    def _piece(self, runs: list[SampleRun], chunks: list[bytes], dts: int, duration: int, key: bool) -> Piece:
        self._sequence += 1
        return Piece(fragment(self._sequence, runs, chunks), dts, duration, key)
