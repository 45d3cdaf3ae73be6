"""An installation of Vedette for measuring: data directory, cameras, single processes, and an ear at the recorders."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

import httpx

from vedette.access.principal import SYSTEM
from vedette.cameras.schemas import CameraCreate
from vedette.cameras.service import CameraService
from vedette.core.clock import SystemClock
from vedette.db.migrate import migrate
from vedette.db.session import Database
from vedette.events.announcements import MAX_LINE, Announcement, StreamStatus, decode
from vedette.events.recorders import NobodyListens
from vedette.settings import Settings
from vedette.storage.service import VolumeService
from vedette.vault import open_vault

_START_S = 30.0
_STOP_S = 60.0
LOGIN = {"username": "bench", "password": "three random words"}


def free_port() -> int:
    """A TCP port that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def ready(client: httpx.AsyncClient) -> None:
    """Returns once the api answers. Raises TimeoutError when it does not come up."""
    async with asyncio.timeout(_START_S):
        while True:
            try:
                if (await client.get("/healthz")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)


class Ear:
    """Reads one recorder's socket as the api process would, and keeps the newest status of every stream."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.statuses: dict[int, StreamStatus] = {}
        self.dropped = 0
        self._task: asyncio.Task[None] | None = None

    async def listen(self) -> None:
        """Connects; raises TimeoutError when the recorder does not come up."""
        async with asyncio.timeout(_START_S):
            while True:
                try:
                    reader, writer = await asyncio.open_unix_connection(self._path, limit=MAX_LINE)
                    break
                except OSError:
                    await asyncio.sleep(0.05)
        self._task = asyncio.create_task(self._read(reader, writer))

    async def close(self) -> None:
        """Hangs up."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _read(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                if line.startswith((b'{"t":"status"', b'{"t":"lagged"')):
                    self._hear(decode(line))
        finally:
            writer.close()

    def _hear(self, message: Announcement | None) -> None:
        if isinstance(message, StreamStatus):
            self.statuses[message.stream_id] = message
        elif message is not None:
            self.dropped += 1


# More is asked for in a minute, and watched at once, than any person does.
_LIMITS = ("RATE_ANONYMOUS", "RATE_SIGNED_IN", "RATE_MEDIA", "LIVE_PER_USER", "LIVE_PER_CAMERA", "LIVE_PER_ADDRESS")
_UNLIMITED = {f"VEDETTE_{name}": "0" for name in _LIMITS} | {"VEDETTE_ACCESS_SECONDS": "3600"}


class Installation:
    """Everything below `data`. Processes are started with `start` and ended by `stop`, newest first; `settings` are
    further ones by the names of their variables."""

    def __init__(self, data: Path, **settings: str) -> None:
        self._further = settings
        self.settings = Settings(data=data, log_level="warning")
        self.processes: dict[str, asyncio.subprocess.Process] = {}

    @property
    def data(self) -> Path:
        return self.settings.data

    async def prepare(self, cameras: Sequence[CameraCreate]) -> None:
        """Makes the database, the default volume and these cameras."""
        self.data.mkdir(parents=True, exist_ok=True)
        self.settings.run_dir.mkdir(exist_ok=True)
        await migrate(self.settings.sqlalchemy_url)
        database = Database(self.settings.sqlalchemy_url)
        try:
            clock = SystemClock()
            await VolumeService(database, clock).ensure_default(self.settings.default_volume)
            service = CameraService(database, clock, open_vault(self.settings), NobodyListens())
            for camera in cameras:
                await service.create(camera, SYSTEM)
        finally:
            await database.aclose()

    async def log_in(self, client: httpx.AsyncClient) -> str:
        """Makes an administrator and logs `client` in, for an hour; gives the access token."""
        words = ("user", "create", "bench", "--role", "admin", "--password-stdin", "--data", str(self.data))
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "vedette.cli.main", *words), stdin=asyncio.subprocess.PIPE
        )
        await process.communicate(LOGIN["password"].encode())
        answer = await client.post("/api/v1/auth/login", json=LOGIN)
        answer.raise_for_status()
        access: str = answer.json()["access_token"]
        client.headers["Authorization"] = f"Bearer {access}"
        return access

    async def start(self, name: str, *words: str) -> asyncio.subprocess.Process:
        """Runs `vedette WORDS`; its output goes to `{name}.log` beside the data."""
        with (self.data / f"{name}.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "vedette.cli.main", *words, "--data", str(self.data)),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, "VEDETTE_LOG_LEVEL": "warning", **_UNLIMITED, **self._further},
                start_new_session=True,  # as the supervisor does: Linux may share out the processor by sessions
            )
        self.processes[name] = process
        return process

    async def stop(self) -> None:
        """Ends all processes in an orderly way."""
        for name, process in reversed(list(self.processes.items())):
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
                try:
                    async with asyncio.timeout(_STOP_S):
                        await process.wait()
                except TimeoutError:
                    print(f"{name} did not stop and was killed", file=sys.stderr)
                    process.kill()
                    await process.wait()
        self.processes.clear()

    def ear(self, recorder: str) -> Ear:
        """At a recorder's socket; its owner calls `listen` and `close`."""
        return Ear(self.settings.run_dir / f"{recorder}.sock")

    def files(self, slug: str) -> list[Path]:
        """A camera's segment files, oldest first."""
        return sorted((self.settings.default_volume / slug).glob("*/*.mp4"))
