"""Answers with the bytes of a media file: whole or a range, HEAD, conditional.

A read of what is in the page cache is done at once (RWF_NOWAIT); only a read that would wait for the disk goes to a
thread, and at most `_MAX_WAITING` of them wait, so that a hanging network volume does not take the server down.
"""

import os
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, TypeVar

import anyio
import anyio.lowlevel
from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from vedette.core.errors import VedetteError
from vedette.core.logs import get_logger
from vedette.http import refusals
from vedette.http.access import out_of_range
from vedette.http.binding import is_loopback
from vedette.http.handover import address_for
from vedette.http.hosts import host_name
from vedette.http.lasting import RECHECK_S, still_holds
from vedette.http.problem import from_error, problem, render
from vedette.http.ranges import ByteRange, Unsatisfiable, parse_range, range_still_holds, tag_matches

_CHUNK = 256 * 1024
_MAX_WAITING = 16
_PLAIN_RANGE = re.compile(r"bytes=[0-9]{1,19}-[0-9]{0,19}")
_NOWAIT = getattr(os, "RWF_NOWAIT", 0)

# A browser keeps it until it is full, or until the logout tells it not to (Clear-Site-Data).
IMMUTABLE = "private, max-age=31536000, immutable"

log = get_logger("http.media")


@dataclass(slots=True)
class MediaFile:
    """An open file; who holds it closes it. `size` is as it was when it was opened: it may be growing. `on_disk` is
    where others find the same bytes, None where only we have them. One that is not on a disk is a subclass."""

    # How much is asked for at once.
    CHUNK: ClassVar[int] = _CHUNK

    descriptor: int
    size: int
    on_disk: Path | None = field(default=None, kw_only=True)

    @staticmethod
    async def open(path: Path, root: Path) -> "MediaFile":
        """Opens a regular file for reading. Symbolic links must not lead out of `root`. Raises OSError."""
        return await to_thread.run_sync(_open, path, root, limiter=_limiter())

    async def read(self, offset: int, length: int) -> bytes:
        """At most `length` bytes; fewer at the end of the file."""
        if _NOWAIT:
            buffer = bytearray(length)
            try:
                count = os.preadv(self.descriptor, [buffer], offset, _NOWAIT)
            except OSError:  # would wait, or this file system does not know the flag
                count = 0
            if count:
                return bytes(memoryview(buffer)[:count])
        return await to_thread.run_sync(os.pread, self.descriptor, length, offset, limiter=_limiter())

    async def read_exactly(self, offset: int, length: int) -> bytes:
        """Exactly `length` bytes. Raises EOFError when the file ends before."""
        chunks = []
        while length > 0:
            chunk = await self.read(offset, length)
            if not chunk:
                raise EOFError(f"the file ends at {offset}")
            chunks.append(chunk)
            offset += len(chunk)
            length -= len(chunk)
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    @property
    def closed(self) -> bool:
        """Whether nothing can be read any more."""
        return self.descriptor < 0

    def read_now(self, offset: int, length: int) -> bytes:
        """The same as `read`, for a thread that may wait. Raises OSError."""
        return os.pread(self.descriptor, length, offset)

    async def prepare(self, span: ByteRange) -> None:
        """Before an answer with these bytes begins: what can't be read at all raises VedetteError here."""

    def elsewhere(self, wanted: str) -> str | None:
        """Where a client gets the bytes of this `Range` header without us, None where it doesn't."""
        return None

    def close(self) -> None:
        """Closes the file."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1


class MediaResponse(Response):
    """Sends a media file and closes it. `tag` is its entity tag, quoted; weak while the file may still change. `within`
    is what the caller may have of it; a range that reaches out of that is refused (403 `ticket.range`). `sent` is told
    of bytes `[start, end)` as they go out, or as they are left to nginx (`http.handover`) or to another server.
    `may_redirect`: who can get the bytes elsewhere is sent there."""

    def __init__(
        self,
        file: MediaFile,
        *,
        tag: str,
        cache: str = "no-store",
        disposition: str | None = None,
        media_type: str = "video/mp4",
        within: ByteRange | None = None,
        sent: Callable[[int, int], None] | None = None,
        may_redirect: bool = False,
    ) -> None:
        super().__init__(media_type=media_type)
        self._may_redirect = may_redirect
        self._sent = sent
        self._within = within
        self._file = file
        self._tag = tag
        self.headers["Accept-Ranges"] = "bytes"
        self.headers["Cache-Control"] = cache
        self.headers["ETag"] = tag
        if disposition is not None:
            self.headers["Content-Disposition"] = disposition

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._answer(scope, receive, send)
        finally:
            self._file.close()

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        if self.headers["Cache-Control"] == IMMUTABLE and not _obeys_logout(scope, headers):
            self.headers["Cache-Control"] = "no-store"
        size = self._file.size
        if tag_matches(headers.get("if-none-match"), self._tag):
            self.status_code = 304
            del self.headers["content-length"]
            await self._start(send)
            await send({"type": "http.response.body", "body": b""})
            return
        try:
            wanted = parse_range(headers.get("range"), size) if self._partial(headers) else None
        except Unsatisfiable:
            await _unsatisfiable(size)(scope, receive, send)
            return
        if self._within is not None and not (wanted or ByteRange(0, size)).lies_in(self._within):
            error = out_of_range()
            refusals.note(scope, error)
            await render(from_error(error, scope))(scope, receive, send)
            return
        span = wanted or ByteRange(0, size)
        if (place := self._place(scope, headers, span)) is not None:
            self.headers["X-Accel-Redirect"] = place
            self.headers["Content-Length"] = "0"
            if self._sent is not None:
                self._sent(span.start, span.end)
            await self._start(send)
            await send({"type": "http.response.body", "body": b""})
            return
        if wanted is not None and (url := self._elsewhere(scope, headers)) is not None:
            if self._sent is not None:
                self._sent(wanted.start, wanted.end)
            await RedirectResponse(url, 307, {"Cache-Control": "no-store"})(scope, receive, send)
            return
        if wanted is not None:
            self.status_code = 206
            self.headers["Content-Range"] = wanted.content_range(size)
        if scope["method"] != "HEAD":
            try:
                await self._file.prepare(span)
            except VedetteError as error:
                await render(from_error(error, scope))(scope, receive, send)
                return
        self.headers["Content-Length"] = str(span.length)
        await self._start(send)
        if scope["method"] == "HEAD":
            await send({"type": "http.response.body", "body": b""})
        else:
            await self._send_bytes(span, scope, send)

    def _elsewhere(self, scope: Scope, headers: Headers) -> str | None:
        """Only for the plain question for a range: an answer of another server knows nothing of our entity tags."""
        wanted = headers.get("range", "")
        if (
            not self._may_redirect
            or scope["method"] != "GET"
            or "if-range" in headers
            or not _PLAIN_RANGE.fullmatch(wanted)
        ):
            return None
        return self._file.elsewhere(wanted)

    def _place(self, scope: Scope, headers: Headers, span: ByteRange) -> str | None:
        """Where the proxy finds the bytes, None when they are sent from here. A weak tag is of a file that changes."""
        if self._tag.startswith("W/"):
            return None
        return address_for(scope, headers, self._file.on_disk, span, limited=self._within is not None)

    def _partial(self, headers: Headers) -> bool:
        return range_still_holds(headers.get("if-range"), self._tag)

    async def _start(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})

    async def _send_bytes(self, span: ByteRange, scope: Scope, send: Send) -> None:
        offset, looked_s = span.start, anyio.current_time()
        while offset < span.end:
            if anyio.current_time() - looked_s >= RECHECK_S:
                if not await still_holds(scope):
                    log.info("the caller of a download lost the permission", missing=span.end - offset)
                    return  # an answer that is not whole: the connection breaks
                looked_s = anyio.current_time()
            chunk = await self._file.read(offset, min(self._file.CHUNK, span.end - offset))
            if not chunk:
                # Promised more than there is: only breaking the connection tells the client.
                log.warning("media file shrank while it was sent", missing=span.end - offset)
                raise EOFError("the media file shrank while it was sent")
            offset += len(chunk)
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
            if self._sent is not None:
                self._sent(offset - len(chunk), offset)
            await anyio.lowlevel.checkpoint()  # a fast reader of cached bytes must not keep the loop to itself
        await send({"type": "http.response.body", "body": b""})


Items = TypeVar("Items")
Found = TypeVar("Found")

_WAITING: RunVar[CapacityLimiter] = RunVar("waiting media reads")


def _obeys_logout(scope: Scope, headers: Headers) -> bool:
    """Whether a browser clears its cache when a logout says so: only where the page came by TLS or from its own machine
    (W3C Clear Site Data, section 4.1: secure contexts)."""
    if scope.get("scheme") == "https":
        return True
    name = host_name(headers.get("host", ""))
    return name is not None and is_loopback(name)


def _limiter() -> CapacityLimiter:
    """One per event loop."""
    try:
        return _WAITING.get()
    except LookupError:
        limiter = CapacityLimiter(_MAX_WAITING)
        _WAITING.set(limiter)
        return limiter


async def look(call: Callable[[Items], Found], items: Items, *, limit_s: float = 5.0) -> Found:
    """Asks the disk something that takes moments, in a thread. Raises TimeoutError when it hangs; the thread is then
    left to itself, so `call` must not own anything."""
    with anyio.fail_after(limit_s):
        return await to_thread.run_sync(call, items, abandon_on_cancel=True, limiter=_limiter())


def _open(path: Path, root: Path) -> MediaFile:
    if not path.resolve().is_relative_to(root.resolve()):
        raise FileNotFoundError(f"leads out of its volume: {path}")
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise FileNotFoundError(f"not a regular file: {path}")
    except BaseException:
        os.close(descriptor)
        raise
    return MediaFile(descriptor, status.st_size, on_disk=path)


def _unsatisfiable(size: int) -> Response:
    found = problem(416, "request.range", f"The range lies outside of the file's {size} bytes.", field="Range")
    return render(found, {"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"})
