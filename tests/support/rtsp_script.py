"""An RTSP server that does what a test tells it to, right or wrong, to see what the client makes of it."""

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType

from tests.media.rtsp.nals import PPS, SPS_360

SDP = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=scripted\r\nt=0 0\r\na=control:*\r\n"
    "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:track1\r\n"
    "m=audio 0 RTP/AVP 8\r\na=control:track2\r\n"
)


@dataclass(frozen=True)
class Request:
    """What the client asked. Header names are lower-case."""

    method: str
    url: str
    headers: dict[str, str]

    @property
    def cseq(self) -> str:
        return self.headers["cseq"]


def answer(request: Request, status: str = "200 OK", headers: dict[str, str] | None = None, body: str = "") -> bytes:
    """A well-formed response."""
    fields = {"CSeq": request.cseq, "Server": "scripted", **(headers or {})}
    if body:
        fields["Content-Length"] = str(len(body))
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"RTSP/1.0 {status}\r\n{lines}\r\n{body}".encode()


Answer = Callable[[Request], bytes | None]


@dataclass
class ScriptedCamera:
    """Answers as a good camera would, except where `answers` has another answer for a method.

    An answer is the bytes to send (a response, garbage, anything) or None to close the connection. After PLAY `media`
    is sent as it is.
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    sdp: str = SDP
    media: bytes = b""
    tls: ssl.SSLContext | None = None
    requests: list[Request] = field(default_factory=list)
    received: bytearray = field(default_factory=bytearray)
    writers: list[asyncio.StreamWriter] = field(default_factory=list)
    port: int = 0
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def url(self, path: str = "/cam") -> str:
        return f"{'rtsps' if self.tls else 'rtsp'}://127.0.0.1:{self.port}{path}"

    def send(self, data: bytes) -> None:
        """More media, to the client that came first."""
        self.writers[0].write(data)

    def methods(self) -> list[str]:
        return [request.method for request in self.requests]

    async def __aenter__(self) -> "ScriptedCamera":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for writer in self.writers:
            writer.close()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self.writers.append(writer)
        try:
            while request := await self._read_request(reader):
                self.requests.append(request)
                reply = self.answers.get(request.method, self.good)(request)
                if reply is None:
                    break
                writer.write(reply)
                if request.method == "PLAY":
                    writer.write(self.media)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _read_request(self, reader: asyncio.StreamReader) -> Request | None:
        """The next request; the client's RTCP packets and answers in between are kept in `received`."""
        while first := await reader.read(1):
            if first == b"$":
                head = await reader.readexactly(3)
                self.received += first + head + await reader.readexactly(int.from_bytes(head[1:], "big"))
                continue
            text = first + await reader.readuntil(b"\r\n\r\n")
            if text.startswith(b"RTSP/"):  # the answer to a request of ours
                self.received += text
                continue
            start, *lines = text.decode().strip().split("\r\n")
            method, url, _ = start.split(" ")
            pairs = (line.split(": ", 1) for line in lines)
            return Request(method, url, {name.lower(): value for name, value in pairs})
        return None

    def good(self, request: Request) -> bytes:
        """What a camera without faults answers."""
        match request.method:
            case "OPTIONS":
                return answer(request, headers={"Public": "OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER"})
            case "DESCRIBE":
                base = {"Content-Base": request.url + "/", "Content-Type": "application/sdp"}
                return answer(request, headers=base, body=self.sdp)
            case "SETUP":
                transport = {"Transport": request.headers["transport"] + ";ssrc=12345678"}
                return answer(request, headers={"Session": "abc;timeout=10", **transport})
            case _:
                return answer(request)


def sets() -> list[bytes]:
    """Parameter sets of a 640x360 picture, since the SDP here has none."""
    return [SPS_360, PPS]
