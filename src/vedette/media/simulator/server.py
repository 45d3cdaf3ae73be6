"""Simulated cameras: a real RTSP server (TCP interleaved) that sends pre-encoded loops, many cameras in one thread.

URL: `rtsp://{host}:{port}/{camera}[/{kind}][?{faults}]`, for instance `/front-door`, `/yard/sub`, `/cam-7/bench`,
`/lobby/h265?drop=20&loss=0.5`. Cameras and kinds are in `catalogue`, faults in `faults`.

The burned-in number of a picture is `(capture time - phase) mod LOOP_MS / frame_ms`; RTCP sender reports carry the true
relation between RTP time and the wall clock, for sound and pictures alike. Cost: 50 cameras of 4 Mb/s take some 5 %
of a core, 400 some 20 %, and the memory of one clip (8 MB) for all that share it.
"""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from vedette.core.clock import Clock, SystemClock
from vedette.core.logs import get_logger
from vedette.media.simulator import catalogue
from vedette.media.simulator.connection import Connection
from vedette.media.simulator.faults import Faults
from vedette.media.simulator.pacing import Counters, Pacer
from vedette.media.simulator.streams import Library

_log = get_logger(__name__)

# Clients give up after some seconds: one whose clip takes longer to be made is told to come again.
PATIENCE_S = 3.0
DEFAULT_USER = "viewer"
DEFAULT_PASSWORD = "simulated"  # noqa: S105 - of cameras that do not exist


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there, `port` 0 takes a free one. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=512)


class SimulatorServer:
    """Listens between `__aenter__` and `__aexit__`; `port` 0 takes a free one.

    With `password` every stream asks for `user` and `password` (Digest or Basic); without, only those whose query
    names an `auth` scheme do, with `DEFAULT_USER` and `DEFAULT_PASSWORD`. Clips are made in `cache` on first use; who
    has waited `patience_s` for one is answered 503 with Retry-After, as by a camera that starts.
    `listener` is a listening socket to use in place of `host` and `port`; it is closed at the end. `send_buffer` is the
    kernel's buffer per client in bytes, by default what the system finds right.
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        cache: Path,
        user: str = DEFAULT_USER,
        password: str | None = None,
        clock: Clock | None = None,
        listener: socket.socket | None = None,
        patience_s: float = PATIENCE_S,
        send_buffer: int | None = None,
    ) -> None:
        self.host, self.port = host, port
        self.user, self.password = user, password or DEFAULT_PASSWORD
        self.guarded = password is not None
        self.counters = Counters()
        self._clock = clock or SystemClock()
        self.patience_s = patience_s
        self._listener = listener
        self._send_buffer = send_buffer
        self._executor = ThreadPoolExecutor(2, thread_name_prefix="clip")
        self.library = Library(cache, self._executor)
        self.pacer = Pacer(self.now_ms)
        self._switched: dict[str, Faults] = {}
        self._connections: dict[Connection, asyncio.Task[None]] = {}
        self._accepting: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        # Frames go out by the monotonic clock, set to the wall clock once: a step of the wall clock must not make a
        # burst or a pause, and no sender report may contradict the one before.
        self._offset_ms = self._clock.now_ms() - self._clock.monotonic() * 1000
        listener = self._listener or listen(self.host, self.port)
        listener.setblocking(False)
        self.port = listener.getsockname()[1]
        self._accepting = asyncio.create_task(self._accept(listener), name="simulator-accept")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        assert self._accepting
        self._accepting.cancel()
        self.pacer.close()
        tasks = [self._accepting, *self._connections.values()]
        for connection, task in list(self._connections.items()):
            connection.close()
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._executor.shutdown(wait=False, cancel_futures=True)

    def now_ms(self) -> float:
        """The cameras' wall clock, Unix milliseconds."""
        return self._offset_ms + self._clock.monotonic() * 1000

    def url(self, slug: str, kind: str = "main", query: str = "", *, credentials: bool = False) -> str:
        """Where a stream is. With `credentials` they stand in the URL."""
        login = f"{self.user}:{self.password}@" if credentials else ""
        path = slug if kind == "main" else f"{slug}/{kind}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"rtsp://{login}{host}:{self.port}/{path}" + (f"?{query}" if query else "")

    async def prepare(self, slugs: list[str], kinds: tuple[str, ...] = ("main", "sub")) -> None:
        """Makes the clips of these cameras now, two at a time, so that nobody waits for them later.

        Raises KeyError for a camera that does not exist, OSError when the cache can't be written.
        """
        wanted = [(slug, kind) for kind in kinds for slug in slugs]
        for slug, _ in wanted:
            if catalogue.find(slug) is None:
                raise KeyError(slug)
        cameras = ((catalogue.find(slug), kind) for slug, kind in wanted)
        await asyncio.gather(*(self.library.stream(camera, kind) for camera, kind in cameras if camera))

    def set_faults(self, slug: str, faults: Faults | None) -> None:
        """Switches faults of a camera on, for connections that exist and those to come, whatever their URLs say.

        None takes them off: connections that exist go on without faults, new ones follow their URLs again. Times
        count from each connection's PLAY: `Faults(hang=0)` stops at once.
        """
        if faults is None:
            self._switched.pop(slug, None)
        else:
            self._switched[slug] = faults
        for connection in self._of(slug):
            connection.apply(faults or Faults())

    def drop(self, slug: str) -> int:
        """Closes a camera's present connections at once; how many there were."""
        dropped = self._of(slug)
        for connection in dropped:
            connection.close()
        return len(dropped)

    def hang(self, slug: str) -> int:
        """A camera's present connections fall silent but stay open; new ones are well. How many fell silent."""
        hung = self._of(slug)
        for connection in hung:
            connection.apply(replace(connection.faults, hang=0))
        return len(hung)

    def faults_of(self, slug: str) -> Faults | None:
        """What `set_faults` switched on."""
        return self._switched.get(slug)

    def viewers_of(self, slug: str) -> int:
        """How many connections a camera has that play."""
        return sum(connection.playing for connection in self._of(slug))

    def _of(self, slug: str) -> list[Connection]:
        return [connection for connection in self._connections if connection.slug == slug]

    def _forget(self, connection: Connection, _task: asyncio.Task[None]) -> None:
        self._connections.pop(connection, None)

    async def _accept(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        with listener:
            while True:
                try:
                    sock, _ = await loop.sock_accept(listener)
                except OSError as error:  # out of file descriptors, or the client was gone at once
                    _log.warning("simulator could not accept a client", error=str(error))
                    await asyncio.sleep(0.1)
                    continue
                sock.setblocking(False)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                if self._send_buffer:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, self._send_buffer)
                self.counters.connections += 1
                connection = Connection(self, sock, self.counters.connections)
                task = asyncio.create_task(connection.serve(), name="simulator-connection")
                self._connections[connection] = task
                task.add_done_callback(partial(self._forget, connection))
