"""A TCP or TLS connection that is awaited while a session is set up and polled by the recorder's tick after that.

The socket never blocks. Reads are made in pieces of 120 KiB: larger ones make the allocator map and unmap pages at
every read (measured: 22 us instead of 4 us for the 10 KB that a camera sends in 20 ms).
"""

import asyncio
import contextlib
import socket
import ssl
from typing import Final

from vedette.media.dial import RefusedAddressError, Resolve, addresses, system_resolve
from vedette.media.rtsp.errors import RtspError
from vedette.media.units import EndReason

READ_SIZE: Final = 120 * 1024
MAX_UNSENT: Final = 64 * 1024

_WOULD_BLOCK: Final = (BlockingIOError, InterruptedError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


def camera_tls_context(verify: bool) -> ssl.SSLContext:
    """TLS as cameras speak it. Without `verify` any certificate is taken, also old short ones: cameras sign their own,
    so this hides the stream from listeners, but not from one who sits in between."""
    context = ssl.create_default_context()
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
    return context


class Wire:
    """One connection. `tls` is None on plain TCP."""

    __slots__ = ("_socket", "_tls", "_unsent", "closed")

    def __init__(self, connected: socket.socket, tls: ssl.SSLSocket | None = None) -> None:
        self._socket: socket.socket = tls or connected
        self._tls = tls
        self._unsent = b""
        self.closed = False

    @classmethod
    async def open(cls, host: str, port: int, context: ssl.SSLContext | None) -> "Wire":
        """Connects. Raises RtspError (REFUSED, or PROTOCOL when TLS fails). The caller sets the time limit."""
        wire = cls(await connect(host, port))
        try:
            wire._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if context is not None:
                await wire._start_tls(context, host)
        except BaseException:
            wire.close()
            raise
        return wire

    async def _start_tls(self, context: ssl.SSLContext, host: str) -> None:
        tls = context.wrap_socket(self._socket, server_hostname=host, do_handshake_on_connect=False)
        self._socket = self._tls = tls
        try:
            while True:
                try:
                    tls.do_handshake()
                    return
                except ssl.SSLWantReadError:
                    await self.readable()
                except ssl.SSLWantWriteError:
                    await self._writable()
        except ssl.SSLCertVerificationError as error:
            raise RtspError(
                EndReason.PROTOCOL,
                "tls_certificate",
                f"The camera's certificate is not trusted: {error.verify_message}.",
            ) from error
        except (ssl.SSLError, OSError) as error:
            raise RtspError(
                EndReason.PROTOCOL, "tls", f"TLS with the camera failed ({_words(error)}): is the port right for rtsps?"
            ) from error

    def fileno(self) -> int:
        """The socket's descriptor, -1 when closed."""
        return self._socket.fileno()

    def recv(self) -> bytes | None:
        """What has come: None when nothing, b"" when the other side closed. Raises OSError."""
        try:
            return self._socket.recv(READ_SIZE)
        except _WOULD_BLOCK:
            return None

    @property
    def drains_by_short_read(self) -> bool:
        """Whether a read that gives less than READ_SIZE has emptied the socket. TLS gives one record at a time."""
        return self._tls is None

    @property
    def pending(self) -> bool:
        """Whether decrypted bytes wait that no readiness of the descriptor will tell of."""
        return self._tls is not None and self._tls.pending() > 0

    def send(self, data: bytes) -> None:
        """Sends what can be sent now and keeps the rest for `flush`. Raises OSError when too much is kept."""
        self._unsent += data
        self.flush()
        if len(self._unsent) > MAX_UNSENT:
            raise TimeoutError("the camera takes nothing from us")

    def flush(self) -> None:
        """Goes on with what `send` kept. Raises OSError."""
        if not self._unsent:
            return
        try:
            sent = self._socket.send(self._unsent)
            self._unsent = self._unsent[sent:]
        except _WOULD_BLOCK:
            pass

    async def drain(self) -> None:
        """Waits until all is sent. Raises OSError."""
        self.flush()
        while self._unsent:
            await self._writable()
            self.flush()

    async def readable(self) -> None:
        """Waits until there is something to read."""
        if self.pending:
            return
        loop = asyncio.get_running_loop()
        ready = loop.create_future()
        loop.add_reader(self.fileno(), _set, ready)
        try:
            await ready
        finally:
            loop.remove_reader(self.fileno())

    async def _writable(self) -> None:
        loop = asyncio.get_running_loop()
        ready = loop.create_future()
        loop.add_writer(self.fileno(), _set, ready)
        try:
            await ready
        finally:
            loop.remove_writer(self.fileno())

    def close(self) -> None:
        """Closes at once. Never blocks or raises."""
        if self.closed:
            return
        self.closed = True
        with contextlib.suppress(OSError):
            self._socket.close()


def _set(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)


async def connect(host: str, port: int, resolve: Resolve = system_resolve) -> socket.socket:
    """A connected socket to the first address of `host` that answers. Raises RtspError (REFUSED); its text does not
    say where the camera is, for it is shown to whoever may see the camera."""
    loop = asyncio.get_running_loop()
    try:
        found = await addresses(host, port, "rtsp", resolve)
    except RefusedAddressError as error:
        raise RtspError(EndReason.REFUSED, "forbidden_address", str(error)) from error
    except (OSError, UnicodeError) as error:
        raise RtspError(
            EndReason.REFUSED,
            "dns",
            f"The name in the camera's address was not found ({_words(error)}): check the address and the DNS.",
        ) from error
    failure: OSError | None = None
    for family, kind, protocol, _, address in found:
        connecting = socket.socket(family, kind, protocol)
        connecting.setblocking(False)
        try:
            await loop.sock_connect(connecting, address)
            return connecting
        except OSError as error:
            connecting.close()
            failure = error
        except BaseException:
            connecting.close()
            raise
    if isinstance(failure, ConnectionRefusedError):
        raise RtspError(
            EndReason.REFUSED,
            "refused",
            f"The camera refused the connection on port {port}.",
        ) from failure
    raise RtspError(
        EndReason.REFUSED,
        "unreachable",
        f"The camera can't be reached ({_words(failure)}).",
    ) from failure


def _words(error: BaseException | None) -> str:
    """The reason in an OSError or SSLError, short."""
    if error is None:
        return "no address"
    return str(getattr(error, "reason", None) or getattr(error, "strerror", None) or error)
