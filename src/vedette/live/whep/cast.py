"""One stream for all who watch it by WebRTC: its units as RTP payloads, made once, since the newest key frame kept.

One task per stream; each unit is handed to every viewer in turn. Nothing here waits for a viewer.
"""

import asyncio
from dataclasses import dataclass
from typing import Final, Protocol

from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.logs import get_logger
from vedette.core.words import sentences
from vedette.events.announcements import StreamStatus
from vedette.live.hub import StreamHub
from vedette.live.parts import LiveRun, LiveUnit
from vedette.live.unit_viewer import UnitViewer
from vedette.live.whep.answer import unsendable
from vedette.live.whep.packets import audio_payloads, video_payloads
from vedette.live.whep.timing import VIDEO_RATE, ClockSetBackError, RtpLine
from vedette.media.units import VIDEO, AudioConfig, Codec, Tracks

log = get_logger("live.whep")

# Without a picture for so long there is nothing to watch.
OFFLINE_S: Final = 30.0
FLOWS_S: Final = 2.0
# A group of pictures beyond this is not sent to who comes or lost the picture: the next key frame is.
MAX_GROUP_BYTES: Final = 6 << 20
MAX_GROUP_FRAMES: Final = 600


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture ready to be sent. `ticks` are its RTP time, not cut to 32 bits."""

    payloads: list[bytes]
    ticks: int
    key: bool


class Watcher(Protocol):
    """One viewer, as the cast sees it. None of these may wait or fail."""

    def picture(self, frame: Frame) -> None: ...

    def sound(self, payloads: list[bytes], ticks: int) -> None: ...

    def tick(self) -> None:
        """About once a second."""
        ...


class Cast:
    """`run` it as a task. It ends with the error that viewers are told; `ready` waits for the first picture."""

    def __init__(self, stream_id: int, hub: StreamHub, *, offline_s: float = OFFLINE_S) -> None:
        self.stream_id = stream_id
        self.watchers: set[Watcher] = set()
        self.group: list[Frame] = []
        self.tracks: Tracks | None = None
        self._hub = hub
        self._offline_s = offline_s
        self._run: LiveRun | None = None
        self._video = RtpLine(VIDEO_RATE)
        self._audio = RtpLine(VIDEO_RATE)
        self._sound: AudioConfig | None = None
        self._group_bytes = 0
        self._came_s = 0.0
        self._ready = asyncio.Event()

    async def ready(self) -> Tracks:
        """What is in the stream, once there is a picture. Wait with a limit, and beside `run`."""
        await self._ready.wait()
        assert self.tracks is not None
        return self.tracks

    @property
    def usable_group(self) -> list[Frame]:
        """What came since the newest key frame; empty where that is too much."""
        small = self._group_bytes <= MAX_GROUP_BYTES and len(self.group) <= MAX_GROUP_FRAMES
        return self.group if small and self.group and self.group[0].key else []

    @property
    def flows(self) -> bool:
        """Whether pictures come. While they don't, players ask for key frames: the old ones would pass for new."""
        return asyncio.get_running_loop().time() - self._came_s < FLOWS_S

    async def run(self) -> VedetteError:
        """Returns why there are no more pictures."""
        loop = asyncio.get_running_loop()
        tick_due = loop.time() + 1
        picture_due = loop.time() + self._offline_s
        async with self._hub.subscribe_units(self.stream_id) as viewer:
            while True:
                try:
                    async with asyncio.timeout_at(min(tick_due, picture_due)):
                        delivery = await viewer.next()
                except TimeoutError:
                    if loop.time() >= picture_due:
                        return self.offline()
                else:
                    if delivery is None:
                        return VedetteError(ErrorKind.UNAVAILABLE, "whep.restart", "The server is restarting.")
                    if isinstance(delivery, LiveUnit):
                        error = self._take(delivery, viewer)
                        if error is not None:
                            return error
                        if delivery.unit.track == VIDEO:
                            picture_due = loop.time() + self._offline_s
                if loop.time() >= tick_due:
                    tick_due = loop.time() + 1
                    for watcher in list(self.watchers):
                        watcher.tick()

    def offline(self) -> VedetteError:
        """Says that nothing comes from the camera, and what is known about why."""
        return no_picture(self._hub.status(self.stream_id))

    def _take(self, live: LiveUnit, viewer: UnitViewer) -> VedetteError | None:
        if live.run is not self._run:
            error = self._begin(live.run)
            if error is not None:
                return error
        unit = live.unit
        if unit.pts_ticks != unit.dts_ticks:
            return unsendable(live.run.tracks, reordered=True)
        try:
            if unit.track == VIDEO:
                self._picture(live)
            elif self._sound is not None:
                self._hear(live, self._sound, backlog=viewer.queued > 0)
        except ClockSetBackError:
            return VedetteError(ErrorKind.UNAVAILABLE, "whep.restart", "The server's clock was set.")
        return None

    def _begin(self, run: LiveRun) -> VedetteError | None:
        error = unsendable(run.tracks, reordered=False)
        if error is not None:
            return error
        self._run, self.tracks = run, run.tracks
        self._video.begin()
        before, self._sound = self._sound, run.tracks.audio
        if self._sound is not None and (before is None or before.codec is not self._sound.codec):
            self._audio = RtpLine(clock_rate(self._sound.codec))
        self._audio.begin()
        self.group = []
        return None

    def _picture(self, live: LiveUnit) -> None:
        unit, video = live.unit, live.run.tracks.video
        assert video is not None
        payloads = video_payloads(
            unit.chunks[0] if len(unit.chunks) == 1 else b"".join(unit.chunks),
            (*video.sps, *video.pps) if unit.key else (),
        )
        if not payloads:
            return
        self._came_s = asyncio.get_running_loop().time()
        frame = Frame(payloads, self._video.place(live.at_ms, unit.pts_ticks / video.timescale), unit.key)
        if unit.key:
            self.group, self._group_bytes = [], 0
        if self._group_bytes <= MAX_GROUP_BYTES and len(self.group) <= MAX_GROUP_FRAMES:
            self.group.append(frame)
            self._group_bytes += unit.size
        self._ready.set()
        for watcher in list(self.watchers):
            watcher.picture(frame)

    def _hear(self, live: LiveUnit, audio: AudioConfig, *, backlog: bool) -> None:
        unit = live.unit
        ticks = self._audio.place(live.at_ms, unit.pts_ticks / audio.timescale)
        if backlog:
            return  # what stands in the queue at the beginning is the past
        sample = unit.chunks[0] if len(unit.chunks) == 1 else b"".join(unit.chunks)
        payloads = audio_payloads(sample, audio.codec)
        for watcher in list(self.watchers):
            watcher.sound(payloads, ticks)


def clock_rate(codec: Codec) -> int:
    """Of RTP: Opus always counts in 48 kHz (RFC 7587, section 4.1)."""
    return 48_000 if codec is Codec.OPUS else 8_000


def no_picture(status: StreamStatus | None) -> VedetteError:
    """There is nothing to show; `status` tells why."""
    reason = status.detail if status and status.detail else "The stream has not delivered a picture yet."
    return VedetteError(
        ErrorKind.UNAVAILABLE,
        "whep.no_picture",
        sentences("There is no live picture", reason, "Try again when the camera is recording"),
    )
