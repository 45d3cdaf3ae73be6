"""One stream to one rung: units go in, the units of another stream come out, with the wall clock of each kept.

A pure state machine over libav, used by one thread; `push` blocks as long as decoding and encoding take. A run that
goes in gives one run or more: a picture of another size begins a new one. The first unit of a run that comes out is a
key frame at 0, as with every run of a recorder.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import av

from vedette.media.codecs.video import with_dimensions
from vedette.media.transcode.encoders import ENCODERS, RATE, Encoder
from vedette.media.transcode.picture import Decoder, Encoding
from vedette.media.transcode.rungs import LARGEST, Rung, passes, sound_passes
from vedette.media.transcode.sound import SoundConverter
from vedette.media.units import AUDIO, VIDEO, AccessUnit, AudioConfig, TimedUnit, Tracks, VideoConfig


@dataclass(frozen=True, slots=True)
class Begun:
    """A run comes out. `encoder` is None where the video is passed on as it is."""

    tracks: Tracks
    encoder: Encoder | None


@dataclass(frozen=True, slots=True)
class Made:
    """A unit of the run that was begun. `at_ms` is its wall clock, as it was of the frame that went in."""

    unit: TimedUnit
    at_ms: int


class Transcoder:
    """`begin` for each run, then `push` its units in order of decoding; `broke` where some are missing."""

    def __init__(self, rung: Rung, *, encoders: Sequence[Encoder] = ENCODERS, max_height: int = LARGEST) -> None:
        self._rung, self._encoders, self._max_height = rung, encoders, max_height
        self._tracks = Tracks(None)
        self._clear()

    @property
    def damaged(self) -> int:
        """Units that could not be decoded, in this run."""
        return (self._decoder.damaged if self._decoder else 0) + (self._sound.damaged if self._sound else 0)

    def begin(self, tracks: Tracks) -> None:
        """A run's units follow, from a key frame on. Raises BadMedia where its parameter sets are nonsense."""
        if tracks.video is not None:
            tracks = replace(tracks, video=with_dimensions(tracks.video))
        self._tracks = tracks
        self._clear()

    def broke(self) -> None:
        """Units are missing; the next picture is a key frame."""
        self._needs_key = True

    def push(self, unit: TimedUnit, at_ms: int, *, show: bool = True) -> Iterator[Begun | Made]:
        """What the unit gives. With `show` false it is decoded only, for who has fallen behind.

        Raises BadMedia, and ValueError where no encoder works.
        """
        if unit.track == AUDIO:
            yield from self._hear(unit, at_ms)
        elif self._tracks.video is not None:
            yield from self._see(unit, at_ms, show=show)

    def _clear(self) -> None:
        self._decoder: Decoder | None = None
        self._encoding: Encoding | None = None
        self._sound: SoundConverter | None = None
        self._origin: int | None = None  # of the run that comes out, in 90 kHz of the one that goes in
        self._passed = False
        self._needs_key = True
        self._key_next = False
        self._last_sound = -1
        self._audio: AudioConfig | None = None

    # Pictures

    def _see(self, unit: TimedUnit, at_ms: int, *, show: bool) -> Iterator[Begun | Made]:
        if self._needs_key:
            if not unit.key:
                return
            self._resume(unit)
        if self._passed:
            if self._origin is None:
                yield self._start(self._tracks, unit.pts_ticks, None)
            yield self._moved(unit, at_ms)
            return
        decoder, encoding = self._decoder, self._encoding
        assert decoder is not None
        assert encoding is not None
        for frame in decoder.decode(unit):
            if not show:
                self._key_next = self._key_next or self._origin is None
                continue
            assert frame.pts is not None
            shown_ms = at_ms + (frame.pts - unit.dts_ticks) * 1000 // RATE
            if not encoding.fits(frame, decoder.shape):
                encoding.open(frame, decoder.shape)
                self._origin = None
            for made in encoding.encode(frame, key=self._key_next):
                self._key_next = False
                yield from self._out(encoding, made, shown_ms)

    def _resume(self, unit: TimedUnit) -> None:
        """At a key frame, after nothing or after a break."""
        video = self._tracks.video
        assert video is not None
        reordered = unit.pts_ticks != unit.dts_ticks
        self._needs_key = False
        if self._origin is None:
            self._passed = passes(self._rung, video, reordered=reordered, max_height=self._max_height)
        if self._passed:
            return
        if self._decoder is None or self._encoding is None:
            self._decoder = Decoder(video, reordered=reordered)
            self._encoding = Encoding(self._rung, self._encoders, max_height=self._max_height)
        else:
            self._decoder.flush()
            self._key_next = True

    def _out(self, encoding: Encoding, made: AccessUnit, at_ms: int) -> Iterator[Begun | Made]:
        if self._origin is None:
            video = made.config if isinstance(made.config, VideoConfig) else encoding.config
            if not made.key or video is None:
                return
            yield self._start(replace(self._tracks, video=with_dimensions(video)), made.pts_ticks, encoding.encoder)
        assert self._origin is not None
        ticks = made.pts_ticks - self._origin
        yield Made(TimedUnit(VIDEO, ticks, ticks, made.key, made.chunks, made.size), at_ms)

    def _moved(self, unit: TimedUnit, at_ms: int) -> Made:
        assert self._origin is not None
        return Made(
            TimedUnit(
                VIDEO,
                unit.dts_ticks - self._origin,
                unit.pts_ticks - self._origin,
                unit.key,
                unit.chunks,
                unit.size,
            ),
            at_ms,
        )

    # Sound

    def _start(self, tracks: Tracks, origin: int, encoder: Encoder | None) -> Begun:
        """The run that comes out begins at `origin`."""
        self._origin = origin
        self._last_sound = -1
        self._sound, self._audio = None, tracks.audio
        if tracks.audio is not None and not sound_passes(tracks.audio):
            try:
                self._sound = SoundConverter(tracks.audio)
                self._audio = self._sound.config
            except (av.FFmpegError, ValueError):
                self._audio = None  # a picture without sound is better than none
        return Begun(Tracks(tracks.video, self._audio), encoder)

    def _hear(self, unit: TimedUnit, at_ms: int) -> Iterator[Begun | Made]:
        source = self._tracks.audio
        if source is None:
            return
        if self._origin is None:
            if self._tracks.video is not None:
                return
            yield self._start(self._tracks, unit.dts_ticks * RATE // source.sample_rate, None)
        if self._audio is None:
            return
        assert self._origin is not None
        rate = self._audio.sample_rate
        for made in [unit] if self._sound is None else self._sound.convert(unit):
            ticks = made.dts_ticks - self._origin * rate // RATE
            if ticks <= self._last_sound or ticks < 0:
                continue
            self._last_sound = ticks
            later_ms = (made.dts_ticks * 1000 // rate) - unit.dts_ticks * 1000 // source.sample_rate
            yield Made(TimedUnit(AUDIO, ticks, ticks, True, made.chunks, made.size), at_ms + later_ms)
