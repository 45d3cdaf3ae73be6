"""One client's RTSP connection: the dialogue up to PLAY, then media and keep-alives on the same socket."""

import asyncio
import random
import re
import socket
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol
from urllib.parse import urlsplit

from vedette.core.logs import get_logger
from vedette.media.rtsp_server.requests import Request, RequestReader, Response
from vedette.media.simulator import catalogue, sdp
from vedette.media.simulator.catalogue import KINDS
from vedette.media.simulator.faults import Faults, parse
from vedette.media.simulator.gatekeeper import Gatekeeper
from vedette.media.simulator.pacing import Buffers, Counters, Pacer, Viewer
from vedette.media.simulator.streams import Library, Stream
from vedette.media.simulator.tamper import Tamperer

_log = get_logger(__name__)
_TRACK = re.compile(r"/?trackID=(\d+)")
_INTERLEAVED = re.compile(r"interleaved=(\d+)(?:-\d+)?")
_METHODS = "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER"
_MAX_PENDING = 32 << 20
_NAME = "Vedette simulated camera"


class Host(Protocol):
    """What a connection needs of the server."""

    library: Library
    pacer: Pacer
    counters: Counters
    user: str
    password: str
    guarded: bool  # every stream asks for credentials
    patience_s: float

    def now_ms(self) -> float: ...

    def faults_of(self, slug: str) -> Faults | None:
        """What was switched on at run time for a camera; it takes the place of the URL's faults."""
        ...


class Connection:
    """Owns its socket (non-blocking). `serve` runs until either side closes."""

    def __init__(self, host: Host, sock: socket.socket, number: int) -> None:
        self._host = host
        self._socket = sock
        self._random = random.Random(number)
        self._session = f"{self._random.getrandbits(64):016x}"
        self._nonce = f"{self._random.getrandbits(128):032x}"
        self._reader = RequestReader()
        self._pending = bytearray()
        self._closed = False
        self._channels: dict[int, int] = {}
        self._stream: Stream | None = None
        self._viewer: Viewer | None = None
        self._played_ms = 0.0
        self.slug = ""
        self.faults = Faults()

    @property
    def playing(self) -> bool:
        """Whether media is being sent."""
        return self._viewer is not None

    async def serve(self) -> None:
        """Answers requests until the client leaves, is silent for too long, or a fault ends it."""
        loop = asyncio.get_running_loop()
        try:
            while not self._closed:
                async with asyncio.timeout(self.faults.timeout):
                    data = await loop.sock_recv(self._socket, 1 << 16)
                if not data:
                    break
                for request in self._reader.feed(data):
                    if self._hung():
                        continue
                    await self._answer(request)
        except (OSError, TimeoutError, ValueError) as error:
            _log.debug("simulated camera lost its client", camera=self.slug, error=str(error) or type(error).__name__)
        finally:
            self.close()
            self._socket.close()

    def apply(self, faults: Faults) -> None:
        """Takes other faults from now on."""
        self.faults = faults
        if self._viewer:
            self._viewer.tamperer.faults = faults

    def close(self) -> None:
        """Ends the connection at once. `serve` closes the socket: while it waits for data the loop watches the
        descriptor, whose number would pass to the next connection."""
        if self._closed:
            return
        self._closed = True
        self._stop()
        asyncio.get_running_loop().remove_writer(self._socket)
        try:
            self._socket.shutdown(socket.SHUT_RDWR)  # wakes `serve`
        except OSError:
            pass

    def offer(self, parts: Buffers) -> bool:
        """See `pacing.Outlet`."""
        if self._pending or self._closed:
            return False
        try:
            sent = self._socket.sendmsg(parts)
        except BlockingIOError:
            return False
        except OSError:
            self.close()
            return False
        if sent < sum(map(len, parts)):
            # The shared buffers behind the parts change: what is left must be copied.
            self._keep(b"".join(parts)[sent:])
        return True

    def _push(self, data: bytes) -> None:
        """Sends an answer, behind what is still pending."""
        if self._pending or not self.offer([data]):
            self._keep(data)

    def _keep(self, data: bytes) -> None:
        if self._closed:
            return
        if not self._pending:
            asyncio.get_running_loop().add_writer(self._socket, self._flush)
        self._pending += data
        if len(self._pending) > _MAX_PENDING:
            self.close()

    def _flush(self) -> None:
        try:
            del self._pending[: self._socket.send(self._pending)]
        except BlockingIOError:
            return
        except OSError:
            self.close()
            return
        if not self._pending:
            asyncio.get_running_loop().remove_writer(self._socket)

    def _hung(self) -> bool:
        if self._viewer is None or self.faults.hang is None:
            return False
        return self._host.now_ms() - self._played_ms >= self.faults.hang * 1000

    async def _answer(self, request: Request) -> None:
        if self.faults.delay:
            await asyncio.sleep(self.faults.delay)
        handlers: dict[str, Callable[[Request], Response]] = {
            "SETUP": self._setup,
            "PLAY": self._play,
            "PAUSE": self._pause,
            "OPTIONS": self._options,
            "GET_PARAMETER": self._parameter,
            "SET_PARAMETER": self._parameter,
            "TEARDOWN": self._pause,
        }
        if request.method == "DESCRIBE":
            response = await self._describe(request)
        elif request.method not in handlers:
            response = Response(405, {"Allow": _METHODS})
        elif request.method != "OPTIONS" and not self._admitted(request):
            response = self._gatekeeper().challenge()
        else:
            response = handlers[request.method](request)
        if response is None:
            return
        self._push(response.encode(request.headers.get("cseq", "0"), _NAME))
        if self._viewer and request.method == "PLAY":
            self._host.pacer.add(self._viewer)
        if request.method == "TEARDOWN":
            self.close()

    def _gatekeeper(self) -> Gatekeeper:
        schemes = (self.faults.auth,) if self.faults.auth else ("digest", "basic")
        return Gatekeeper(self._host.user, self._host.password, schemes, self._nonce)

    def _admitted(self, request: Request) -> bool:
        guarded = self._host.guarded or bool(self.faults.auth)
        return not guarded or self._gatekeeper().admits(request)

    async def _describe(self, request: Request) -> Response | None:
        url = urlsplit(request.uri)
        slug, _, kind = url.path.strip("/").partition("/")
        camera = catalogue.find(slug)
        kind = kind or "main"
        if camera is None or kind not in KINDS:
            return Response(404)
        try:
            self.faults = replace(KINDS[kind].faults, **parse(url.query))  # type: ignore[arg-type]
        except ValueError as error:
            _log.warning("simulated camera does not know the query", camera=slug, error=str(error))
            return Response(451)
        self.slug = slug
        self.faults = self._host.faults_of(slug) or self.faults
        if not self._admitted(request):
            return self._gatekeeper().challenge()
        if self.faults.speak:
            await self._babble()
            return None
        try:
            async with asyncio.timeout(self._host.patience_s):
                self._stream = await self._host.library.stream(camera, kind)
        except TimeoutError:  # its clip goes on being made
            return Response(503, {"Retry-After": "2"})
        base = request.uri.rstrip("/") + "/"
        headers: dict[str, str | list[str]] = {"Content-Base": base, "Content-Type": "application/sdp"}
        if self.faults.header:
            await self._endless_header(request)
            return None
        if self.faults.sdp:
            return Response(200, headers, sdp.absurd(self.faults.sdp))
        # A relative control would be joined to the query by some clients and to the path by others.
        control = f"rtsp://{url.netloc}{url.path}/trackID={{track}}?{url.query}" if url.query else "trackID={track}"
        return Response(200, headers, sdp.session(camera.name, self._stream.media, control))

    def _setup(self, request: Request) -> Response:
        found = _TRACK.search(request.uri)
        if self._stream is None or self._viewer is not None:
            return Response(455)
        if found is None or int(found[1]) >= len(self._stream.tracks):
            return Response(404)
        offers = request.headers.get("transport", "").split(",")
        wanted = next((offer for offer in offers if offer.strip().upper().startswith("RTP/AVP/TCP")), None)
        if wanted is None:
            return Response(461)
        track = self._stream.tracks[int(found[1])]
        channels = _INTERLEAVED.search(wanted)
        channel = int(channels[1]) if channels else track.channel
        if channel > 254:
            return Response(461)
        self._channels[track.channel] = channel
        transport = f"RTP/AVP/TCP;unicast;interleaved={channel}-{channel + 1};ssrc={track.ssrc:08X}"
        return Response(200, {"Transport": transport, "Session": f"{self._session};timeout={self.faults.timeout:.0f}"})

    def _play(self, request: Request) -> Response:
        if self._stream is None or not self._channels:
            return Response(455)
        if self._viewer is None:
            self._played_ms = self._host.now_ms()
            tamperer = Tamperer(self.faults, self._channels, self._random)
            self._viewer = Viewer(self._stream, self, self._channels, tamperer, self._host.counters, self._played_ms)
            self._host.counters.viewers += 1
        base = request.uri.rstrip("/")
        info = ",".join(
            f"url={base}/trackID={track.channel // 2};seq={sequence};rtptime={stamp}"
            for track, sequence, stamp in self._viewer.first_packets()
        )
        return Response(200, {"Session": self._session, "Range": "npt=now-", "RTP-Info": info})

    def _pause(self, _request: Request) -> Response:
        self._stop()
        return Response(200, {"Session": self._session})

    def _options(self, _request: Request) -> Response:
        return Response(200, {"Public": _METHODS})

    def _parameter(self, _request: Request) -> Response:
        return Response(200, {"Session": self._session})

    def _stop(self) -> None:
        if self._viewer:
            self._viewer.open = False
            self._viewer = None
            self._host.counters.viewers -= 1

    async def _babble(self) -> None:
        """Speaks something that is not RTSP."""
        loop = asyncio.get_running_loop()
        if self.faults.speak == "silence":
            await asyncio.sleep(self.faults.timeout)
        elif self.faults.speak == "http":
            page = b"<html><body>Camera web interface</body></html>"
            head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\n\r\n"
            await loop.sock_sendall(self._socket, head.encode() + page)
        else:
            for _ in range(64):
                await loop.sock_sendall(self._socket, self._random.randbytes(4096))
        self.close()

    async def _endless_header(self, request: Request) -> None:
        """A header of `faults.header` bytes, sent as fast as it is taken."""
        loop = asyncio.get_running_loop()
        head = f"RTSP/1.0 200 OK\r\nCSeq: {request.headers.get('cseq', '0')}\r\nX-Padding: "
        await loop.sock_sendall(self._socket, head.encode())
        chunk = b"x" * (1 << 16)
        left = self.faults.header
        while left > 0:
            await loop.sock_sendall(self._socket, chunk[:left])
            left -= len(chunk)
        await loop.sock_sendall(self._socket, b"\r\n\r\n")
