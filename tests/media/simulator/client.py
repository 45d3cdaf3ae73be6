"""A bare RTSP client for looking at what a simulated camera puts on the wire, byte by byte."""

import asyncio
import socket
import struct
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Rtp:
    marker: bool
    payload_type: int
    sequence: int
    time: int
    payload: bytes

    @classmethod
    def of(cls, packet: bytes) -> "Rtp":
        _, kind, sequence, time, _ = struct.unpack_from(">BBHII", packet)
        return cls(bool(kind & 0x80), kind & 0x7F, sequence, time, packet[12:])

    @property
    def key(self) -> bool:
        """Whether it belongs to an IDR picture (H.264, single NAL units and FU-A)."""
        kind = self.payload[0] & 31
        return kind == 5 or (kind == 28 and self.payload[1] & 31 == 5)


@dataclass(frozen=True)
class Report:
    ntp_ms: float
    time: int

    @classmethod
    def of(cls, packet: bytes) -> "Report":
        seconds, fraction, time = struct.unpack_from(">III", packet, 8)
        return cls((seconds - 2_208_988_800) * 1000 + fraction / (1 << 32) * 1000, time)


class BareClient:
    """Speaks to one URL. `packets` gives (channel, packet) as they come."""

    def __init__(self, url: str, *, receive_buffer: int | None = None) -> None:
        self.url = url
        self._sequence = 0
        self._socket = socket.socket()
        self._socket.setblocking(False)
        if receive_buffer:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)

    async def __aenter__(self) -> Self:
        place = urlsplit(self.url)
        await asyncio.get_running_loop().sock_connect(self._socket, (place.hostname, place.port))
        self.reader, self.writer = await asyncio.open_connection(sock=self._socket, limit=1 << 17)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.writer.close()
        try:
            await self.writer.wait_closed()
        except ConnectionError:
            pass

    async def ask(self, method: str, url: str = "", **headers: str) -> Answer:
        self.send(method, url, **headers)
        return await self.answer()

    def send(self, method: str, url: str = "", **headers: str) -> None:
        self._sequence += 1
        lines = [f"{method} {url or self.url} RTSP/1.0", f"CSeq: {self._sequence}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.writer.write("\r\n".join([*lines, "", ""]).encode())

    async def answer(self) -> Answer:
        first = await self.reader.readline()
        headers = {}
        while (line := (await self.reader.readline()).strip()) != b"":
            name, _, value = line.decode().partition(":")
            headers[name.lower()] = value.strip()
        body = await self.reader.readexactly(int(headers.get("content-length", "0")))
        return Answer(int(first.split()[1]), headers, body)

    async def play(self, *tracks: int, first_channel: int = 0) -> Answer:
        """DESCRIBE, SETUP of these tracks (by default the video only), PLAY."""
        answer = await self.ask("DESCRIBE")
        assert answer.status == 200
        for index, track in enumerate(tracks or (0,)):
            channel = first_channel + 2 * index
            transport = f"RTP/AVP/TCP;unicast;interleaved={channel}-{channel + 1}"
            answer = await self.ask("SETUP", f"{self.url}/trackID={track}", Transport=transport)
            assert answer.status == 200
        return await self.ask("PLAY")

    async def packet(self) -> tuple[int, bytes]:
        """The next interleaved packet. Raises IncompleteReadError at the end of the connection."""
        magic, channel, length = struct.unpack(">BBH", await self.reader.readexactly(4))
        assert magic == 0x24, "not an interleaved packet: the framing is broken"
        return channel, await self.reader.readexactly(length)

    async def rtp(self, count: int, channel: int = 0) -> list[Rtp]:
        """The next `count` RTP packets of a channel."""
        found: list[Rtp] = []
        while len(found) < count:
            where, packet = await self.packet()
            if where == channel:
                found.append(Rtp.of(packet))
        return found

    async def report(self, channel: int) -> Report:
        """The next sender report on a channel."""
        while True:
            where, packet = await self.packet()
            if where == channel and packet[1] == 200:
                return Report.of(packet)
