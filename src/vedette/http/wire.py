"""uvicorn's HTTP/1.1 connection with the limits that it lacks: the parser that it uses takes heads of any length, and
waits for them for ever.

A head (request line and header fields) has to be there within `HEAD_S` of its first byte, or of the connection's
beginning, is at most `MOST_HEAD` bytes long and has at most `MOST_FIELDS` fields. Connections over the limit are told
so at once and closed; what is left of a body that was answered already has the same time to end. What comes after a
body (trailers) is read and dropped.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from vedette.core.addresses import network_of
from vedette.http.forwarded import Proxies, normal
from vedette.http.headers import ALWAYS
from vedette.http.problem import MEDIA_TYPE, Problem, problem

HEAD_S = 15.0
MOST_HEAD = 32 * 1024
MOST_FIELDS = 100

_UNREADABLE = problem(400, "request.malformed", "This is no HTTP request that Vedette can read.")
_TOO_LARGE = problem(
    431, "request.head_too_large", f"The request's head has more than {MOST_HEAD} bytes or {MOST_FIELDS} fields."
)
_FULL = problem(503, "server.full", "There are as many connections as Vedette takes. Try again shortly.")


_TOO_MANY = problem(
    503, "server.full", "There are as many connections from this address as Vedette takes. Close some, or try later."
)


class _Refused(Exception):  # noqa: N818 # it stops the parser, and is no error of ours
    """Thrown through the parser, which tells uvicorn that it can't go on."""


class Wire(HttpToolsProtocol):
    """One connection. See `limited_to`."""

    most_connections = 2_000
    proxies = Proxies()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._in_head = True
        self._head_bytes = 0
        self._messages = 0
        self._refusal = _UNREADABLE
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        super().connection_made(transport)
        if len(self.connections) > self.most_connections:
            self._answer(_FULL)
            return
        # Counted only when a half is taken: below that one caller can't have more than a half.
        if len(self.connections) > self.most_connections // 2 and self._have_too_many():
            self._answer(_TOO_MANY)
            return
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_is_there()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        before = self._messages
        super().data_received(data)
        if self.transport.is_closing() or self.transport.get_protocol() is not self:
            return  # a WebSocket has taken the connection over, with limits of its own
        if self._in_head:
            if self._messages == before:  # else this was the end of a message, and at most the beginning of a head
                self._head_bytes += len(data)
            if self._head_bytes > MOST_HEAD:
                self._answer(_TOO_LARGE)
                return
        if (cycle := self._newest()) is None or cycle.response_complete:
            # Also for the rest of a body that was refused, and after a stray line end: both ended uvicorn's waiting.
            self._expect_head()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._expect_head()

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self._in_head:
            self._count_trailer(name, value)
            return
        super().on_header(name, value)
        if len(self.headers) > MOST_FIELDS:
            self._refuse(_TOO_LARGE)

    def on_headers_complete(self) -> None:
        if len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers) > MOST_HEAD:
            self._refuse(_TOO_LARGE)
        self._in_head = False
        self._head_bytes = 0
        self._head_is_there()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._in_head = True
        self._head_bytes = 0
        self._messages += 1
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """uvicorn asks for this when the parser can't go on."""
        self._answer(self._refusal)

    def _have_too_many(self) -> bool:
        """Whether one address holds more than half of all connections, so that others could not come in."""
        peer = self.client[0] if self.client else ""
        if self.proxies.trust(normal(peer) or peer):
            return False
        mine = _peer(self)
        return sum(_peer(one) == mine for one in self.connections) > self.most_connections // 2

    def _newest(self) -> RequestResponseCycle | None:
        """The last request whose head came, and its answer. uvicorn's type leaves out that there may be none."""
        return self.cycle

    def _count_trailer(self, name: bytes, value: bytes) -> None:
        self._head_bytes += len(name) + len(value) + 4
        if self._head_bytes > MOST_HEAD:
            self._refuse(_TOO_LARGE)

    def _expect_head(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(HEAD_S, self._too_slow)

    def _head_is_there(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_slow(self) -> None:
        self._deadline = None
        if not self.transport.is_closing():
            self.transport.close()

    def _refuse(self, why: Problem) -> None:
        self._refusal = why
        raise _Refused

    def _answer(self, found: Problem) -> None:
        """Says it and closes, unless an answer to an earlier request is under way: then it only closes."""
        self._head_is_there()
        cycle = self._newest()
        if cycle is not None and not cycle.response_started and not self.pipeline:
            cycle.disconnected = True  # the app may go on, but not write behind this answer
            cycle.message_event.set()
            cycle = None
        if cycle is None or cycle.response_complete:
            body = found.model_dump_json(exclude_none=True).encode()
            fields = {**ALWAYS, "Content-Type": MEDIA_TYPE, "Content-Length": str(len(body)), "Connection": "close"}
            lines = [f"{name}: {value}\r\n".encode() for name, value in fields.items()]
            self.transport.write(b"".join((STATUS_LINE[found.status], *lines, b"\r\n", body)))
        self.transport.close()


def limited_to(connections: int, proxies: Proxies | None = None) -> type[Wire]:
    """The class for uvicorn's `http` option. One address has at most half of the connections, unless it is one of the
    `proxies`."""
    return type("Wire", (Wire,), {"most_connections": connections, "proxies": proxies or Proxies()})


def _peer(protocol: Any) -> str:
    """What counts as the address of a connection, HTTP or WebSocket."""
    peer = protocol.transport.get_extra_info("peername") if protocol.transport else None
    return network_of(peer[0]) if peer else ""
