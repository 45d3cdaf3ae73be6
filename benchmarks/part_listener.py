"""How late a recorder is, heard at its socket by a program that nothing else keeps waiting.

`python -m benchmarks.part_listener SOCKET` prints `ready` when it is connected, answers every line on its standard
input with what it heard since the last one (JSON, `Heard`), and ends with its input.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from vedette.events.announcements import MAX_LINE, Lagged, PartWritten, SegmentClosed, StreamStatus, decode

_TICKS_PER_MS = 90
# Above everything that is measured.
_PRIORITY = 10


@dataclass(slots=True)
class Heard:
    """Milliseconds from the instant at which the last picture of a part was over to its announcement, and from the end
    of a file to the announcement that it is whole and in the index. `lost`: packets since the recorder began."""

    parts: list[float] = field(default_factory=list)
    closed: list[float] = field(default_factory=list)
    streams: int = 0
    lost: int = 0
    not_recording: int = 0
    unheard: int = 0


def never_wait(pid: int = 0) -> None:
    """For what stands for another machine, or listens: what it waits for the processor is not the recorder's. Without
    the right to it (root) the figures have a little of that."""
    with suppress(OSError):
        os.sched_setscheduler(pid, os.SCHED_FIFO, os.sched_param(_PRIORITY))


class Listener:
    """The other end of the pipe."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def read(self) -> Heard:
        """Since the last time."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(b"read\n")
        return Heard(**json.loads(await self._process.stdout.readline()))


@asynccontextmanager
async def listening(socket: Path) -> AsyncIterator[Listener]:
    """At a recorder's socket. Raises RuntimeError when it is not there."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.part_listener", str(socket)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=1 << 24,
    )
    assert process.stdin
    assert process.stdout
    try:
        if await process.stdout.readline() != b"ready\n":
            raise RuntimeError(f"nobody could listen at {socket}")
        yield Listener(process)
    finally:
        process.stdin.close()
        await process.wait()


async def _listen(path: str) -> None:
    never_wait()
    lines, _ = await asyncio.open_unix_connection(path, limit=MAX_LINE)
    asked = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(asked), sys.stdin)
    heard, states = [Heard()], dict[int, StreamStatus]()
    hearing = asyncio.create_task(_hear(lines, heard, states))
    print("ready", flush=True)
    while await asked.readline() and not hearing.done():
        found, heard[0] = heard[0], Heard()
        found.streams = len(states)
        found.lost = sum(one.lost_packets for one in states.values())
        found.not_recording = sum(one.state != "recording" for one in states.values())
        print(json.dumps(asdict(found)), flush=True)


async def _hear(lines: asyncio.StreamReader, heard: list[Heard], states: dict[int, StreamStatus]) -> None:
    while line := await lines.readline():
        now_ms = time.time() * 1000
        match decode(line):
            case PartWritten(at_ms=at_ms, duration=duration):
                heard[0].parts.append(now_ms - at_ms - duration / _TICKS_PER_MS)
            case SegmentClosed(end_ms=end_ms):
                heard[0].closed.append(now_ms - end_ms)
            case StreamStatus() as status:
                states[status.stream_id] = status
            case Lagged(dropped=dropped):
                heard[0].unheard += dropped


if __name__ == "__main__":
    asyncio.run(_listen(sys.argv[1]))
