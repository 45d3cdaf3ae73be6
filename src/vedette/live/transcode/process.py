"""One process of a transcode: fed from a stream of the hub, its units handed on, killed when it hangs or is done."""

import asyncio
import contextlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import orjson

from vedette.core.clock import Clock
from vedette.core.logs import get_logger
from vedette.events.frames import (
    LOST,
    FrameReader,
    RunTold,
    StreamTold,
    Told,
    UnitTold,
    encode_run,
    encode_told,
    unit_head,
)
from vedette.live.parts import Dropped, LiveRun
from vedette.live.unit_viewer import UnitViewer
from vedette.media.units import VIDEO

CHILD: Final = (sys.executable, "-m", "vedette.live.transcode.child")
HANGS_S: Final = 10.0
_CHUNK: Final = 1 << 18
_LINE: Final = 1 << 16
log = get_logger("live.transcode")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended. `why` is for a person; `gave` says whether pictures came out of it."""

    why: str
    gave: bool


async def spawn(argument: str, command: tuple[str, ...] = CHILD) -> asyncio.subprocess.Process:
    """Starts the program; it ends with this process."""
    return await asyncio.create_subprocess_exec(
        *command,
        argument,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "VEDETTE_SUPERVISOR": str(os.getpid())},
        start_new_session=True,
        limit=_LINE,
    )


class TranscodeProcess:
    """`run` once. `on_told` gets what comes out of it, `on_said` what it says of itself."""

    def __init__(
        self,
        source: UnitViewer,
        clock: Clock,
        on_told: Callable[[Told], None],
        on_said: Callable[[dict[str, Any]], None],
        *,
        command: tuple[str, ...] = CHILD,
        hangs_s: float = HANGS_S,
    ) -> None:
        self.pid: int | None = None
        self._source = source
        self._clock = clock
        self._on_told = on_told
        self._on_said = on_said
        self._command = command
        self._hangs_s = hangs_s
        self._unanswered_s: float | None = None  # since when pictures go in and none comes out
        self._gave = False
        self._run: LiveRun | None = None
        self._failed = ""
        self._last_words = ""

    async def run(self, argument: str) -> Ended:
        """Returns when it has ended, whatever the reason; cancelled it kills the process first."""
        try:
            process = await spawn(argument, self._command)
        except OSError as error:
            return Ended(f"no process can be started: {error.strerror}", False)
        self.pid = process.pid
        tasks = [
            asyncio.create_task(work)
            for work in (self._feed(process), self._read(process), self._listen(process), self._watch())
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            why = next((text for task in done if (text := task.result())), "")
            if not why:
                # It closed its output. What it said last may still be on its way.
                await asyncio.wait([tasks[2]], timeout=1.0)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(process.wait(), 1.0)
                why = self._failed or _exit(process.returncode, self._last_words)
        finally:
            for task in tasks:
                task.cancel()
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await asyncio.gather(*tasks, return_exceptions=True)
            await process.wait()
            self.pid = None
        return Ended(why, self._gave)

    async def _feed(self, process: asyncio.subprocess.Process) -> str:
        """Units to the process; while it does not read they wait in the reader's queue, which drops."""
        assert process.stdin is not None
        try:
            while (delivery := await self._source.next()) is not None:
                if isinstance(delivery, Dropped):
                    process.stdin.write(encode_told(StreamTold(0, LOST)))
                else:
                    if delivery.run is not self._run:
                        self._run = delivery.run
                        process.stdin.write(_run_told(delivery.run))
                    unit = delivery.unit
                    process.stdin.write(b"".join((unit_head(0, unit, delivery.at_ms), *unit.chunks)))
                    if unit.track == VIDEO and self._unanswered_s is None:
                        self._unanswered_s = self._clock.monotonic()
                await process.stdin.drain()
        except (BrokenPipeError, ConnectionResetError):
            return ""  # it is gone; its output tells
        return "the stream ended"

    async def _read(self, process: asyncio.subprocess.Process) -> str:
        assert process.stdout is not None
        reader = FrameReader()
        while data := await process.stdout.read(_CHUNK):
            try:
                for told in reader.push(data):
                    if isinstance(told, UnitTold):
                        self._unanswered_s = None
                        self._gave = True
                    self._on_told(told)
            except ValueError as error:
                return f"it wrote something unreadable: {error}"
        return ""

    async def _listen(self, process: asyncio.subprocess.Process) -> str:
        """Lines of JSON, and whatever else a dying program writes."""
        assert process.stderr is not None
        with contextlib.suppress(ValueError):  # a line without an end
            while line := await process.stderr.readline():
                try:
                    said = orjson.loads(line)
                except ValueError:
                    self._last_words = line.decode(errors="replace").strip()[:200] or self._last_words
                    continue
                if isinstance(said, dict):
                    self._failed = str(said.get("failed", self._failed))
                    self._on_said(said)
        await asyncio.Event().wait()  # the output says when it is over
        return ""

    async def _watch(self) -> str:
        while True:
            await asyncio.sleep(min(1.0, self._hangs_s / 4))
            since_s = self._unanswered_s
            if since_s is not None and self._clock.monotonic() - since_s > self._hangs_s:
                return f"no picture came out for {self._hangs_s:.0f} s"


def _run_told(run: LiveRun) -> bytes:
    init = run.init
    return encode_run(RunTold(0, run.run_id, run.tracks, init.timescale, init.digest, init.codecs, init.data))


def _exit(code: int | None, last_words: str) -> str:
    how = "it was killed" if code is not None and code < 0 else f"it ended with code {code}"
    return f"{how} ({last_words})" if last_words else how
