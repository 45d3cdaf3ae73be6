"""One TCP connection of the RTSP server: bytes to requests, answers and packets to bytes, and its limits.

TLS begins after a connection was counted, not before: who never ends its handshake has no more of them than anybody who
never logs in.
"""

import asyncio
import contextlib
import ssl
from typing import Final, Protocol, cast

from vedette.core.logs import get_logger
from vedette.http.binding import is_loopback
from vedette.identity.api_tokens.limits import address_in
from vedette.live.restream.dialogue import SESSION_S, Dialogue, Front
from vedette.media.rtsp_server.requests import Request, RequestReader, Response

log = get_logger("restream")

SERVER: Final = "Vedette"
# Who has not logged in by then is out.
HALF_OPEN_S: Final = 10.0
# A client that takes nothing for so long is cut; sooner where its connection is to end anyway.
STUCK_S: Final = 15.0
ENDING_S: Final = 5.0
MAX_REQUEST: Final = 16 << 10
_MAX_REQUESTS_WAITING: Final = 32
_BUFFER_HIGH: Final = 1 << 20
_BUFFER_LOW: Final = 256 << 10
# Answers of a client that asks and never reads.
_BUFFER_MOST: Final = 8 << 20


class Host(Protocol):
    """The server that a connection belongs to."""

    front: Front

    def opened(self, connection: "Connection") -> bool:
        """Whether there is room for it."""
        ...

    def closed(self, connection: "Connection") -> None: ...


class Connection(asyncio.Protocol):
    """See above."""

    def __init__(self, host: Host, tls: ssl.SSLContext | None) -> None:
        self.address = ""
        self.private = tls is not None
        self._host = host
        self._tls = tls
        self._dialogue = Dialogue(host.front, self)
        self._reader = RequestReader(MAX_REQUEST)
        self._requests: asyncio.Queue[Request] = asyncio.Queue(_MAX_REQUESTS_WAITING)
        self._transport: asyncio.Transport | None = None
        self._task: asyncio.Task[None] | None = None
        self._impatience: asyncio.TimerHandle | None = None
        self._ending_s: float | None = None

    @property
    def known(self) -> bool:
        """Whether somebody has logged in."""
        return self._dialogue.caller is not None

    @property
    def playing(self) -> bool:
        """Whether it is sent a stream."""
        return self._dialogue.playing

    # What asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._transport.set_write_buffer_limits(_BUFFER_HIGH, _BUFFER_LOW)
        peer = str((transport.get_extra_info("peername") or ("",))[0])
        self.address = str(address_in(peer) or peer)
        self.private = self._tls is not None or is_loopback(self.address)
        if not self._host.opened(self):
            self._transport.abort()
            return
        self._impatience = asyncio.get_running_loop().call_later(HALF_OPEN_S, self._hurry)
        if self._tls is not None:
            self._transport.pause_reading()
        self._task = asyncio.create_task(self._begin(self._transport), name="rtsp-connection")

    def data_received(self, data: bytes) -> None:
        try:
            for request in self._reader.feed(data):
                self._requests.put_nowait(request)
        except (ValueError, asyncio.QueueFull):
            self.write(Response(400).encode("0", SERVER))
            self.end()

    def eof_received(self) -> bool:
        return False

    def pause_writing(self) -> None:
        if self._dialogue.sender is not None:
            self._dialogue.sender.pause(self._host.front.clock.monotonic())

    def resume_writing(self) -> None:
        if self._dialogue.sender is not None:
            self._dialogue.sender.resume(self._host.front.clock.monotonic())

    def connection_lost(self, _error: Exception | None) -> None:
        if self._impatience is not None:
            self._impatience.cancel()
        if self._task is not None:
            self._task.cancel()
        self._host.closed(self)

    # What a dialogue needs

    def write(self, data: bytes) -> None:
        transport = self._transport
        if transport is None or transport.is_closing():
            return
        transport.write(data)
        if transport.get_write_buffer_size() > _BUFFER_MOST:
            transport.abort()

    def end(self) -> None:
        if self._transport is not None:
            self._transport.close()
            if self._ending_s is None:
                self._ending_s = self._host.front.clock.monotonic()

    # What the server needs

    def look(self, now_s: float) -> None:
        """Cuts it where its client takes nothing any more."""
        sender = self._dialogue.sender
        transport = self._transport
        if transport is None:
            return
        # What was written before the end is still to be sent, and may never be taken.
        ending = self._ending_s is not None and now_s - self._ending_s > ENDING_S
        if ending or (sender is not None and sender.stuck_s(now_s) > STUCK_S):
            log.info("a viewer of a re-stream takes nothing any more", address=self.address)
            transport.abort()

    def cut(self) -> None:
        """Ends it at once, whatever is still to be sent."""
        if self._transport is not None:
            self._transport.abort()

    async def aclose(self) -> None:
        """The same, and waits for it."""
        self.cut()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _hurry(self) -> None:
        if not self.known:
            self.cut()

    async def _begin(self, plain: asyncio.Transport) -> None:
        if self._tls is not None:
            try:
                self._transport = await asyncio.get_running_loop().start_tls(
                    plain, self, self._tls, server_side=True, ssl_handshake_timeout=HALF_OPEN_S
                )
            except OSError:  # it speaks no TLS, or is gone
                self._transport = plain
            if self._transport is None or self._transport is plain:
                # Nobody tells a protocol of the end of a connection whose handshake failed.
                plain.abort()
                self.connection_lost(None)
                return
            self._transport.set_write_buffer_limits(_BUFFER_HIGH, _BUFFER_LOW)
        await self._serve()

    async def _serve(self) -> None:
        dialogue = self._dialogue
        try:
            while not dialogue.ending:
                request = await self._next()
                if request is None:
                    break
                response = await dialogue.answer(request)
                self.write(response.encode(request.headers.get("cseq", "0")[:20], SERVER))
                dialogue.release()
            self.end()
        except Exception:  # one connection must not end the others
            log.exception("an RTSP connection failed")
            self.end()
        finally:
            await dialogue.aclose()

    async def _next(self) -> Request | None:
        """None where the session has been silent for too long. Who plays may be silent."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(SESSION_S):
                    return await self._requests.get()
            if not self.playing:
                return None
