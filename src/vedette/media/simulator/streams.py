"""Streams ready to be sent: tracks in memory, and which frames belong to which moment."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from vedette.media.simulator import clips, sdp, sound
from vedette.media.simulator.catalogue import KINDS, Kind, SimulatedCamera
from vedette.media.simulator.clips import Clip
from vedette.media.simulator.clipspec import ClipSpec
from vedette.media.simulator.sound import Sound
from vedette.media.simulator.track import Track, audio_track, video_track

_Key = TypeVar("_Key")
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Stream:
    """One kind of one camera. Its *media time* is the wall clock less the camera's phase, in milliseconds.

    Frames are sent in slots: slot n begins at media time n * frame_ms and carries the video frame whose turn it is and
    the audio that has been complete since the slot before. With B-frames, decoding order needs frames `delay` slots
    before they are shown; a picture's RTP time is when it was taken, whenever it is sent.
    """

    camera: SimulatedCamera
    kind: Kind
    frame_ms: int
    delay: int
    shift: int
    video: Track
    audio: Track | None
    samples: int  # per audio frame
    media: list[list[str]]  # of the SDP

    @property
    def tracks(self) -> list[Track]:
        """In the order of the SDP."""
        return [self.video, self.audio] if self.audio else [self.video]

    def video_at(self, slot: int) -> tuple[int, int]:
        """Pass and index of the video unit of a slot."""
        return divmod(slot - self.delay - self.shift, self.video.count)

    def audio_before(self, slot: int) -> int:
        """How many audio units, counted from media time 0, are complete when a slot begins."""
        return slot * self.frame_ms * self.audio.clock // (1000 * self.samples) if self.audio else 0


class Library:
    """Makes streams and shares what they have in common. Clips are made in `executor`, so a loop never waits."""

    def __init__(self, cache: Path, executor: Executor) -> None:
        self._cache = cache
        self._executor = executor
        self._clips: dict[ClipSpec, asyncio.Future[Clip]] = {}
        self._sounds: dict[tuple[str, int], asyncio.Future[Sound]] = {}
        self._video: dict[tuple[ClipSpec, ClipSpec | None, bool], Track] = {}
        self._audio: dict[tuple[str, int], Track] = {}

    async def stream(self, camera: SimulatedCamera, kind_name: str) -> Stream:
        """The stream at `/{camera}/{kind}`. Takes seconds when its clip has to be made.

        Raises KeyError for an unknown kind, OSError when the clip can't be stored.
        """
        kind = KINDS[kind_name]
        first = await self._clip(camera.clip(kind))
        second_spec = camera.second_clip(kind)
        second = await self._clip(second_spec) if second_spec else None
        spec = first.spec
        key = (spec, second_spec, kind.aggregate)
        frames = first.frames
        if second:
            half = len(frames) // 2
            frames = frames[:half] + second.frames[half:]
        video = self._video.get(key)
        if video is None:
            name = spec.name + (second_spec.name if second_spec else "")
            video = video_track(name, spec.codec, spec.fps, spec.shift, frames, aggregate=kind.aggregate)
            self._video[key] = video
        media = [sdp.video_media(video, kind, frames[0].data, spec.fps, spec.bitrate)]
        audio, samples = None, 1
        if kind.audio:
            heard = await self._sound(*kind.audio)
            audio = self._audio.get(kind.audio)
            if audio is None:
                audio = self._audio[kind.audio] = audio_track(str(kind.audio), heard)
            samples = heard.samples_per_frame
            media.append(sdp.audio_media(audio, heard))
        delay = max(frame.position - index for index, frame in enumerate(frames))
        return Stream(camera, kind, spec.frame_ms, delay, spec.shift, video, audio, samples, media)

    def _clip(self, spec: ClipSpec) -> "asyncio.Future[Clip]":
        return self._once(self._clips, spec, lambda: clips.obtain(spec, self._cache))

    def _sound(self, codec: str, sample_rate: int) -> "asyncio.Future[Sound]":
        return self._once(self._sounds, (codec, sample_rate), lambda: sound.make(codec, sample_rate))

    def _once(
        self, made: "dict[_Key, asyncio.Future[_Made]]", key: _Key, make: Callable[[], _Made]
    ) -> "asyncio.Future[_Made]":
        """What many ask for at once is made once; a failure is forgotten, so that it can be tried again."""
        future = made.get(key)
        if future is None or (future.done() and (future.cancelled() or future.exception() is not None)):
            future = asyncio.get_running_loop().run_in_executor(self._executor, make)
            made[key] = future
        return asyncio.shield(future)
