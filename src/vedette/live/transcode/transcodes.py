"""Streams in other qualities, made only while somebody watches: once per stream and rung, however many watch.

Each is a stream of the hub with a negative id, which every transport subscribes to like to any other; the hub tells us
when the first viewer comes and when the last one leaves. Recorders know nothing of it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from vedette.cameras.directory import StreamRef
from vedette.core.clock import Clock
from vedette.core.errors import not_found
from vedette.core.logs import get_logger
from vedette.live.hub import StreamHub
from vedette.live.transcode.budget import Rules, refusal, turned_off
from vedette.live.transcode.detection import Detection
from vedette.live.transcode.job import Job
from vedette.live.transcode.process import CHILD, HANGS_S
from vedette.media.transcode.rungs import Rung

# Somebody who turns a page, or whose connection broke, finds it still running.
LINGER_S: Final = 10.0
_RUNGS: Final = tuple(Rung)
log = get_logger("live.transcode")


def derived_id(stream_id: int, rung: Rung) -> int:
    """The id that the hub knows a stream in another quality by."""
    return -(stream_id * len(_RUNGS) + _RUNGS.index(rung))


def source_of(derived: int) -> tuple[int, Rung]:
    """Whose it is, and which quality."""
    stream_id, rung = divmod(-derived, len(_RUNGS))
    return stream_id, _RUNGS[rung]


@dataclass(slots=True)
class _Running:
    job: Job
    task: asyncio.Task[None]
    ending: asyncio.TimerHandle | None = None


class Transcodes:
    """Use as `async with`; `choose` what is asked for and subscribe to that at the hub."""

    def __init__(
        self,
        hub: StreamHub,
        clock: Clock,
        rules: Rules,
        *,
        linger_s: float = LINGER_S,
        hangs_s: float = HANGS_S,
        command: tuple[str, ...] = CHILD,
    ) -> None:
        self.rules = rules
        self.detection = Detection(command)
        self._hub = hub
        self._clock = clock
        self._linger_s = linger_s
        self._hangs_s = hangs_s
        self._command = command
        self._running: dict[int, _Running] = {}
        self._refs: dict[int, StreamRef] = {}
        self._ended: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> "Transcodes":
        self._hub.derived = self
        return self

    async def __aexit__(self, *_: object) -> None:
        self._hub.derived = None
        for derived in list(self._running):
            self._end(derived)
        await asyncio.gather(*self._ended, return_exceptions=True)

    @property
    def jobs(self) -> list[Job]:
        """What runs now."""
        return [running.job for running in self._running.values()]

    def choose(self, ref: StreamRef, rung: Rung | None, sees: Callable[[UUID], bool]) -> int:
        """The id to subscribe to at the hub; with None that of the stream as it is.

        `sees` says of which cameras the caller may know. Raises VedetteError `transcode.off` and `transcode.limit`.
        """
        if rung is None:
            return ref.stream_id
        if not self.rules.limit:
            raise turned_off(ref.camera_name)
        derived = derived_id(ref.stream_id, rung)
        self._refs[ref.stream_id] = ref
        self._admit(derived, sees)
        return derived

    def spare(self, derived: int | None = None) -> bool:
        """Whether one more (or `derived`) could run now."""
        return derived in self._running or self._taken() < self.rules.limit

    # What the hub tells

    def wanted(self, stream_id: int) -> None:
        """Somebody is about to watch. Raises VedetteError where that can't be."""
        running = self._running.get(stream_id)
        if running is not None:
            if running.ending is not None:
                running.ending.cancel()
                running.ending = None
            return
        source, rung = source_of(stream_id)
        ref = self._refs.get(source)
        if ref is None:
            raise not_found("transcode.unknown", "Nobody has asked for this stream in another quality.")
        self._admit(stream_id, lambda _camera: False)
        if self._taken() + self._lingering() >= self.rules.limit:
            self._end(next(derived for derived, running in self._running.items() if running.ending is not None))
        job = Job(
            stream_id, ref, rung, self._hub, self._clock, self.rules, command=self._command, hangs_s=self._hangs_s
        )
        self._running[stream_id] = _Running(job, asyncio.create_task(job.run(), name=f"transcode-{ref.camera_slug}"))
        log.info("transcode begins", camera=ref.camera_slug, stream=ref.kind, quality=rung.value)

    def unwanted(self, stream_id: int) -> None:
        """The last viewer has left."""
        running = self._running.get(stream_id)
        if running is not None and running.ending is None:
            running.ending = asyncio.get_running_loop().call_later(self._linger_s, self._end, stream_id)

    def _taken(self) -> int:
        """How many are watched; the others make room for a new one."""
        return sum(running.ending is None for running in self._running.values())

    def _lingering(self) -> int:
        return len(self._running) - self._taken()

    def _admit(self, derived: int, sees: Callable[[UUID], bool]) -> None:
        if self.spare(derived):
            return
        cameras = [running.job.ref for running in self._running.values() if running.ending is None]
        known = [ref.camera_name for ref in cameras if sees(ref.camera_id)]
        raise refusal(self.rules.limit, known, len(cameras) - len(known))

    def _end(self, derived: int) -> None:
        running = self._running.pop(derived, None)
        if running is None:
            return
        if running.ending is not None:
            running.ending.cancel()
        running.job.stop()
        running.task.cancel()
        self._ended.add(running.task)
        running.task.add_done_callback(self._ended.discard)
        self._hub.end_derived(derived)
        log.info("transcode ends", camera=running.job.ref.camera_slug, quality=running.job.rung.value)
