"""Simulated cameras in a process of their own, so that their work is not counted with a recorder's, nor disturbed by
measuring. As a program it serves until its standard input ends, and obeys one command per line."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path

from vedette.core import logs
from vedette.media.simulator.server import SimulatorServer

CLIPS = Path(__file__).parents[1] / ".cache" / "simulator"


class Cameras:
    """The other end of the pipe."""

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self._process = process
        self._turn = asyncio.Lock()
        self.port = port
        self.pid = process.pid

    def url(self, slug: str, kind: str = "bench") -> str:
        """Where a stream is."""
        return f"rtsp://127.0.0.1:{self.port}/{slug}/{kind}"

    async def counters(self) -> dict[str, int]:
        """`Counters` of the server."""
        return await self._ask("counters")

    async def drop(self, slug: str) -> None:
        """Closes its connections."""
        await self._ask("drop", slug)

    async def hang(self, slug: str) -> None:
        """Its connections fall silent."""
        await self._ask("hang", slug)

    async def _ask(self, *words: str) -> dict[str, int]:
        assert self._process.stdin
        assert self._process.stdout
        async with self._turn:
            self._process.stdin.write((" ".join(words) + "\n").encode())
            answer: dict[str, int] = json.loads(await self._process.stdout.readline())
        return answer


@asynccontextmanager
async def simulated(kinds: tuple[str, ...] = ("bench",)) -> AsyncIterator[Cameras]:
    """Running cameras `cam-1`, `cam-2` ... whose clips of these kinds are made."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.cameras", *kinds),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdin
    assert process.stdout
    try:
        ready = json.loads(await process.stdout.readline())
        yield Cameras(process, ready["port"])
    finally:
        process.stdin.close()
        await process.wait()


async def _serve(kinds: tuple[str, ...]) -> None:
    logs.configure("cameras", level="warning")
    loop = asyncio.get_running_loop()
    commands = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    async with SimulatorServer(cache=CLIPS) as server:
        await server.prepare(["cam-1"], kinds)
        print(json.dumps({"port": server.port}), flush=True)
        while line := await commands.readline():
            match line.decode().split():
                case ["counters"]:
                    answer = asdict(server.counters)
                case ["drop", slug]:
                    answer = {"connections": server.drop(slug)}
                case ["hang", slug]:
                    answer = {"connections": server.hang(slug)}
                case _:
                    answer = {}
            print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    asyncio.run(_serve(tuple(sys.argv[1:]) or ("bench",)))
