"""Bodies are small here: whatever is larger than the limit, slower than it need be, or nested deeper than anything of
ours, is refused before it is parsed."""

import asyncio
import re

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vedette.http.problem import Problem, problem, refuse_body

MAX_BODY = 1 << 20
MAX_DEPTH = 32
# A MB of lists of nothing keeps the parser, and with it everybody else, for a second: from anybody, login or not.
MAX_VALUES = 20_000
BODY_S = 30.0
# Of all bodies on their way. The beginning of each is not counted: a login is never kept out by those who fill it.
ROOM = 64 << 20
SMALL = 16 * 1024

# A JSON string, or what is left after a quote that is never closed. Possessive: an attempt never starts over.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\Z|\\\Z)', re.DOTALL)
_ALIKE = bytes.maketrans(b"{}", b"[]")
_OTHERS = bytes(byte for byte in range(256) if byte not in b"[]{}")
_NO_BEGINNINGS = bytes(byte for byte in range(256) if byte not in b"[{,")
_UNPARSED = (b"multipart/", b"application/octet-stream")


def nested_deeper(body: bytes, most: int = MAX_DEPTH) -> bool:
    """Whether a JSON text nests arrays and objects deeper than `most`. Takes a few ms per MB at worst: in each round
    the innermost pairs go. What is no JSON may be found either way; the parser refuses it. Pure."""
    brackets = _STRING.sub(b"", body).translate(_ALIKE, _OTHERS)
    for _ in range(most):
        outer = brackets.replace(b"[]", b"")
        if len(outer) == len(brackets):
            break
        brackets = outer
    return b"[]" in brackets or brackets.count(b"[") > most


def values_in(body: bytes) -> int:
    """How many values, at most, a JSON text holds: each stands first in the text, in an array or an object, or behind a
    comma. Takes a few ms per MB. Pure."""
    return 1 + len(_STRING.sub(b"", body).translate(None, _NO_BEGINNINGS))


def too_involved(body: bytes) -> str | None:
    """Why a JSON text is more work than any of ours, in words; None when it is not. Pure."""
    if body.count(b'"') > 4 * MAX_VALUES or values_in(body) > MAX_VALUES:  # keys and texts: each has two quotes
        return f"The body holds more than {MAX_VALUES} values."
    if nested_deeper(body):
        return f"The body nests arrays and objects deeper than {MAX_DEPTH} levels."
    return None


class _NoRoomError(Exception):
    """Too much is being read at this moment."""


class BodyLimit:
    """Answers 413 to bodies over `limit` bytes, 408 to those that take too long, 422 to those of too many values or
    levels, and 503 to large ones while others that are on their way fill `room` bytes of memory. Bodies are read before
    the app is asked: from anybody."""

    def __init__(self, app: ASGIApp, limit: int = MAX_BODY, seconds: float = BODY_S, room: int = ROOM) -> None:
        self._app = app
        self._limit = limit
        self._seconds = seconds
        self._room = room

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        declared = headers.get(b"content-length")
        if b"transfer-encoding" not in headers and declared in (None, b"0"):
            await self._app(scope, receive, send)
            return
        if declared is not None and (not declared.isdigit() or int(declared[:20]) > self._limit):
            await _refuse(send, self._too_large())
            return
        try:
            async with asyncio.timeout(self._seconds):
                body = await self._read(receive)
        except TimeoutError:
            found = problem(408, "request.too_slow", f"The body took longer than {self._seconds:.0f} s.")
            await _refuse(send, found, hang_up=True)
            return
        except _NoRoomError:
            found = problem(503, "server.full", "Too many large requests are on their way. Try again shortly.")
            await _refuse(send, found, hang_up=True)
            return
        if body is None:
            return  # whoever sent it is gone
        if len(body) > self._limit:
            await _refuse(send, self._too_large())
        elif not headers.get(b"content-type", b"").lower().startswith(_UNPARSED) and (why := too_involved(body)):
            await _refuse(send, problem(422, "request.too_deep", why))
        else:
            await self._app(scope, _replay(body, receive), send)

    async def _read(self, receive: Receive) -> bytes | None:
        """The body, or the beginning of one that is too large; None when the caller went away. Raises _NoRoomError."""
        body = bytearray()
        more, taken = True, 0
        try:
            while more and len(body) <= self._limit:
                message = await receive()
                if message["type"] != "http.request":
                    return None
                body += message.get("body", b"")
                more = message.get("more_body", False)
                beyond = max(len(body) - SMALL, 0)
                if beyond - taken > self._room:
                    raise _NoRoomError
                self._room -= beyond - taken
                taken = beyond
            return bytes(body)
        finally:
            self._room += taken

    def _too_large(self) -> Problem:
        return problem(413, "request.too_large", f"The body is larger than {self._limit} bytes.")


def _replay(body: bytes, receive: Receive) -> Receive:
    whole: Message | None = {"type": "http.request", "body": body, "more_body": False}

    async def replay() -> Message:
        nonlocal whole
        if whole is None:
            return await receive()
        message, whole = whole, None
        return message

    return replay


async def _refuse(send: Send, found: Problem, *, hang_up: bool = False) -> None:
    """What is still to come of the body is read and dropped, for a while (`http.wire`): who is cut off while sending
    may never read why. `hang_up` ends the connection."""
    start, body = refuse_body(found)
    if hang_up:
        start["headers"].append((b"connection", b"close"))
    await send(start)
    await send(body)
