"""One transcode from its first viewer to its last: its process is started again when it dies, ever more slowly."""

import asyncio
import contextlib
from dataclasses import dataclass, replace
from typing import Any, Final

import orjson

from vedette.cameras.directory import StreamRef
from vedette.core.backoff import Backoff
from vedette.core.clock import Clock
from vedette.core.logs import get_logger
from vedette.core.words import sentences
from vedette.events.announcements import StreamStatus
from vedette.events.frames import LOST, RunTold, StreamTold, Told
from vedette.live.hub import StreamHub
from vedette.live.transcode.budget import Rules
from vedette.live.transcode.process import TranscodeProcess
from vedette.media.transcode.encoders import BY_NAME
from vedette.media.transcode.rungs import Rung

_GOOD_S: Final = 10.0
_LOOK_S: Final = 0.5
log = get_logger("live.transcode")


@dataclass(frozen=True, slots=True)
class Numbers:
    """How it went in the last two seconds. `latency_ms`: from a frame's coming to its being out again, on average;
    `cpu` in percent of one core."""

    fps_in: float = 0.0
    fps: float = 0.0
    bitrate: int = 0
    latency_ms: float = 0.0
    longest_ms: float = 0.0
    cpu: float = 0.0
    skipped: int = 0
    damaged: int = 0


class Job:
    """`run` until cancelled. `encoder` is libav's name, None where the video is passed on as it is or nothing came yet;
    `failure` says what is wrong now."""

    def __init__(
        self,
        derived: int,
        ref: StreamRef,
        rung: Rung,
        hub: StreamHub,
        clock: Clock,
        rules: Rules,
        *,
        command: tuple[str, ...],
        hangs_s: float,
    ) -> None:
        self.derived, self.ref, self.rung = derived, ref, rung
        self.since_ms = clock.now_ms()
        self.encoder: str | None = None
        self.size: tuple[int, int] | None = None
        self.codecs = ""
        self.numbers = Numbers()
        self.restarts = 0
        self.failure = ""
        self._hub, self._clock, self._rules = hub, clock, rules
        self._command, self._hangs_s = command, hangs_s
        self._process: TranscodeProcess | None = None
        self._retry_at_ms: int | None = None
        self._shown: StreamStatus | None = None
        self._over = False

    @property
    def pid(self) -> int | None:
        """Of its process; None while there is none."""
        return self._process.pid if self._process else None

    def stop(self) -> None:
        """From now on nothing of it reaches the hub."""
        self._over = True

    async def run(self) -> None:
        """Never returns by itself."""
        telling = asyncio.create_task(self._tell())
        try:
            await self._keep()
        finally:
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)

    async def _keep(self) -> None:
        backoff = Backoff(first_s=0.5, limit_s=15.0)
        asked = {"rung": self.rung.value, "encoder": self._rules.encoder, "max_height": self._rules.max_height}
        while True:
            began_s = self._clock.monotonic()
            async with self._hub.subscribe_units(self.ref.stream_id) as source:
                self._process = TranscodeProcess(
                    source, self._clock, self._on_told, self._on_said, command=self._command, hangs_s=self._hangs_s
                )
                ended = await self._process.run(orjson.dumps(asked).decode())
            self._process = None
            self._hub.give(self.derived, StreamTold(0, LOST))
            if ended.gave and self._clock.monotonic() - began_s > _GOOD_S:
                backoff.reset()
            wait_s = backoff.next_s()
            self.restarts += 1
            self.failure = ended.why
            self._retry_at_ms = self._clock.now_ms() + round(wait_s * 1000)
            self._show()
            log.warning(
                "transcode ended, starting it again",
                camera=self.ref.camera_slug,
                quality=self.rung.value,
                why=ended.why,
                wait_s=round(wait_s, 1),
            )
            await self._clock.sleep(wait_s)

    def _on_told(self, told: Told) -> None:
        if self._over:
            return
        if isinstance(told, RunTold):
            self.failure, self._retry_at_ms = "", None
            self._show()
        self._hub.give(self.derived, told)

    def _on_said(self, said: dict[str, Any]) -> None:
        with contextlib.suppress(TypeError, KeyError):
            if (began := said.get("began")) is not None:
                self.encoder = began["encoder"]
                self.size = began["width"], began["height"]
                self.codecs = began["codecs"]
                label = BY_NAME[self.encoder].label if self.encoder in BY_NAME else "as it is"
                log.info("transcode runs", camera=self.ref.camera_slug, quality=self.rung.value, encoder=label)
            if (numbers := said.get("numbers")) is not None:
                self.numbers = Numbers(**numbers)

    async def _tell(self) -> None:
        """Viewers hear of the stream that it is made of: a camera that is gone shows no picture in any quality."""
        while True:
            self._show()
            await self._clock.sleep(_LOOK_S)

    def _show(self) -> None:
        status = self._hub.status(self.ref.stream_id)
        if status is None or self._over:
            return
        if self.failure and status.state in ("recording", "live"):
            status = replace(
                status,
                state="waiting",
                cause="internal",
                detail=sentences(f"Converting {self.ref.camera_name} failed: {self.failure}", "It is tried again"),
                retry_at_ms=self._retry_at_ms,
            )
        if status != self._shown:
            self._shown = status
            self._hub.explain(self.derived, status)
