"""A client of RTSP that does one thing at a time, and whatever a test wants it to."""

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tests.support.restreamed import Token
from vedette.media.credentials import Credentials
from vedette.media.rtsp.auth import Authenticator, parse_challenges


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, list[str]]
    body: bytes

    def one(self, name: str) -> str:
        return self.headers[name][0]


@dataclass(frozen=True, slots=True)
class Packet:
    """An interleaved packet; of RTP the numbers are taken out."""

    channel: int
    data: bytes

    @property
    def sequence(self) -> int:
        return struct.unpack_from(">H", self.data, 2)[0]  # type: ignore[no-any-return]

    @property
    def rtp_time(self) -> int:
        return struct.unpack_from(">I", self.data, 4)[0]  # type: ignore[no-any-return]


class Asker:
    """`token` answers challenges; without one nothing does."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, token: Token | None = None) -> None:
        self.reader, self.writer = reader, writer
        self.packets: list[Packet] = []
        self.session = ""
        self._cseq = 0
        credentials = Credentials(token.user, token.secret) if token else None
        self.login = Authenticator(credentials, lambda: "c0ffee") if credentials else None

    async def ask(self, method: str, uri: str, **headers: str) -> Answer:
        """With a login once one was asked for."""
        answer = await self.ask_once(method, uri, **headers)
        challenges = parse_challenges(answer.headers.get("www-authenticate", []))
        if answer.status == 401 and self.login is not None and self.login.accept(challenges):
            answer = await self.ask_once(method, uri, **headers)
        return answer

    async def ask_once(self, method: str, uri: str, **headers: str) -> Answer:
        self._cseq += 1
        lines = [f"{method} {uri} RTSP/1.0", f"CSeq: {self._cseq}"]
        if self.login is not None and (value := self.login.authorization(method, uri)):
            lines.append(f"Authorization: {value}")
        if self.session:
            lines.append(f"Session: {self.session}")
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        return await self.answer()

    async def answer(self) -> Answer:
        """The next one; packets before it are kept."""
        async with asyncio.timeout(30):
            while (first := await self.reader.readexactly(1)) == b"$":
                await self._packet()
            head = (first + await self.reader.readuntil(b"\r\n\r\n")).decode()
        line, *rest = head.strip().split("\r\n")
        found: dict[str, list[str]] = {}
        for one in rest:
            name, _, value = one.partition(":")
            found.setdefault(name.strip().lower(), []).append(value.strip())
        body = await self.reader.readexactly(int(found.get("content-length", ["0"])[0]))
        if "session" in found:
            self.session = found["session"][0].partition(";")[0]
        return Answer(int(line.split()[1]), found, body)

    async def packet(self) -> Packet | None:
        """The next one; None when the connection has ended."""
        try:
            async with asyncio.timeout(30):
                assert await self.reader.readexactly(1) == b"$"
                return await self._packet()
        except (asyncio.IncompleteReadError, ConnectionError):
            return None

    async def _packet(self) -> Packet:
        channel, length = struct.unpack(">BH", await self.reader.readexactly(3))
        packet = Packet(channel, await self.reader.readexactly(length))
        self.packets.append(packet)
        return packet

    async def play(self, url: str, *tracks: int) -> Answer:
        """Describes, sets up and plays; the answer to PLAY."""
        described = await self.ask("DESCRIBE", url, Accept="application/sdp")
        assert described.status == 200, described.body
        base = described.one("content-base")
        for track in tracks or (0, 1):
            transport = f"RTP/AVP/TCP;unicast;interleaved={2 * track}-{2 * track + 1}"
            answer = await self.ask("SETUP", f"{base}trackID={track}", Transport=transport)
            assert answer.status == 200, answer
        return await self.ask("PLAY", base, Range="npt=now-")

    async def ended(self, seconds: float = 10) -> bool:
        """Whether the connection ends within this time."""
        try:
            async with asyncio.timeout(seconds):
                while await self.reader.read(1 << 16):
                    pass
        except TimeoutError:
            return False
        except ConnectionError:
            pass
        return True


@asynccontextmanager
async def asking(port: int, token: Token | None = None) -> AsyncIterator[Asker]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield Asker(reader, writer, token)
    finally:
        writer.transport.abort()
