"""The RTSP server of an api process: listens, and counts who is there.

Where its port is taken (another api process of this machine has it) everything else goes on, and it tries again.
"""

import asyncio
import os
import socket
import ssl
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from vedette.core.logs import get_logger
from vedette.http.binding import listening
from vedette.live.restream.connection import Connection
from vedette.live.restream.dialogue import Front
from vedette.settings import Settings

log = get_logger("restream")

MAX_CONNECTIONS: Final = 1_000
MAX_OF_ADDRESS: Final = 200
# Who has not logged in yet.
MAX_HALF_OPEN: Final = 100
MAX_HALF_OPEN_OF_ADDRESS: Final = 20
_TRY_AGAIN_S: Final = 15.0
_LOOK_S: Final = 1.0


@dataclass(slots=True)
class Port:
    """One that is to be listened on. `trouble` says why it is not."""

    number: int
    tls: bool
    trouble: str = ""
    open: bool = False

    @property
    def told(self) -> str:
        """The trouble in a sentence for a person; empty where there is none."""
        if self.open:
            return ""
        name, setting = ("RTSP by TLS", "rtsps_port") if self.tls else ("RTSP", "rtsp_port")
        where = f"{setting} in vedette.toml" if self.tls else f"--rtsp-port or {setting} in vedette.toml"
        reason = f"{name} is off: port {self.number} can't be listened on ({self.trouble})."
        return f"{reason} End what uses it, or choose another with {where}."


class RestreamServer:
    """Use as an asynchronous context. `tls` is the server's own certificate, where it has one."""

    def __init__(self, settings: Settings, front: Front, tls: ssl.SSLContext | None) -> None:
        self.front = front
        self.ports = [Port(settings.rtsp_port, tls=False)] if settings.rtsp_port else []
        if tls is not None and settings.rtsps_port:
            self.ports.append(Port(settings.rtsps_port, tls=True))
        self._settings = settings
        self._tls = tls
        self._connections: dict[Connection, None] = {}  # in the order of their coming
        self._servers: list[asyncio.Server] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> "RestreamServer":
        for port in self.ports:
            await self._listen(port)
        self._tasks = [asyncio.create_task(self._try_again()), asyncio.create_task(self._look())]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for server in self._servers:
            server.close()
        await asyncio.gather(*(connection.aclose() for connection in list(self._connections)))
        await self.front.restreams.aclose()

    @property
    def connections(self) -> int:
        """Open ones."""
        return len(self._connections)

    # What connections ask

    def opened(self, connection: Connection) -> bool:
        """See `connection.Host`."""
        here = Counter(one.known for one in self._connections if one.address == connection.address)
        if (
            len(self._connections) >= MAX_CONNECTIONS
            or here.total() >= MAX_OF_ADDRESS
            or here[False] >= MAX_HALF_OPEN_OF_ADDRESS
        ):
            return False
        half_open = [one for one in self._connections if not one.known]
        if len(half_open) >= MAX_HALF_OPEN:
            # Who is silent in a crowd makes room: a newcomer that means it has logged in within milliseconds.
            self.closed(half_open[0])
            half_open[0].cut()
        self._connections[connection] = None
        return True

    def closed(self, connection: Connection) -> None:
        """See `connection.Host`."""
        self._connections.pop(connection, None)

    async def _listen(self, port: Port) -> None:
        trouble = ""
        try:
            listener = listening(self._settings.host, port.number)
        except OSError as error:
            trouble = os.strerror(error.errno).lower() if error.errno else str(error)
        else:
            await self._serve(port, listener)
        if trouble and trouble != port.trouble:
            log.warning(
                "RTSP is off: its port can't be listened on", port=port.number, host=self._settings.host, reason=trouble
            )
        port.trouble = trouble

    async def _serve(self, port: Port, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        port.number = listener.getsockname()[1]

        def made() -> Connection:
            return Connection(self, self._tls if port.tls else None)

        self._servers.append(await loop.create_server(made, sock=listener, backlog=256))
        port.open = True
        log.info("RTSP is on", port=port.number, tls=port.tls)

    async def _try_again(self) -> None:
        while True:
            await asyncio.sleep(_TRY_AGAIN_S)
            for port in self.ports:
                if not port.open:
                    with suppress(OSError):
                        await self._listen(port)

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_S)
            now_s = self.front.clock.monotonic()
            for connection in list(self._connections):
                connection.look(now_s)
