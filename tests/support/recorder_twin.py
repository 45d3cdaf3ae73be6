"""A recorder as its readers see it: a real Unix socket that speaks announcements, and real files with the parts."""

import asyncio
import base64
import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from vedette.events.announcements import (
    Announcement,
    Hello,
    InitAnnounced,
    PartWritten,
    Reload,
    SegmentClosed,
    SegmentOpened,
    StreamStatus,
    decode,
    encode,
)

TIMESCALE = 90_000


class RecorderTwin:
    """Serves `{run_dir}/{name}.sock`. `heard` are the messages that readers sent."""

    def __init__(self, run_dir: Path, name: str = "native-0") -> None:
        self.path = run_dir / f"{name}.sock"
        self.name = name
        self.heard: list[Reload] = []
        self.streams: list[StreamTwin] = []
        self._server: asyncio.Server | None = None
        self._readers: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> "RecorderTwin":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.unlink(missing_ok=True)
        self._server = await asyncio.start_unix_server(self._serve, self.path)

    async def stop(self, *, leave_socket: bool = False) -> None:
        """Dies. A killed recorder leaves its socket file behind."""
        if self._server is not None:
            self._server.close()
            self.hang_up()
            await self._server.wait_closed()
            self._server = None
        if leave_socket:
            self.path.touch()
        else:
            self.path.unlink(missing_ok=True)

    def hang_up(self) -> None:
        """Breaks every connection."""
        for writer in list(self._readers):
            writer.transport.abort()

    def stream(self, stream_id: int, media: Path) -> "StreamTwin":
        stream = StreamTwin(self, stream_id, media)
        self.streams.append(stream)
        return stream

    def tell(self, message: Announcement) -> None:
        self.tell_line(encode(message))

    def tell_line(self, line: bytes) -> None:
        for writer in self._readers:
            writer.write(line)

    @contextlib.contextmanager
    def losing_messages(self) -> Iterator[None]:
        """What is told meanwhile reaches nobody, as when readers lag."""
        readers, self._readers = self._readers, set()
        yield
        self._readers |= readers

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._server is None:  # taken just before this one died, told of only now
            writer.transport.abort()
            return
        writer.write(encode(Hello(self.name, "node-1", 4711)))
        for stream in self.streams:
            for message in stream.present():
                writer.write(encode(message))
        self._readers.add(writer)
        with contextlib.suppress(ConnectionError):
            while line := await reader.readline():
                message_heard = decode(line)
                assert isinstance(message_heard, Reload)
                self.heard.append(message_heard)
        self._readers.discard(writer)
        writer.close()


class StreamTwin:
    """One stream that a twin records: writes parts into a file and announces them."""

    def __init__(self, recorder: RecorderTwin, stream_id: int, media: Path) -> None:
        self.recorder = recorder
        self.stream_id = stream_id
        self.media = media
        self.status: StreamStatus | None = None
        self.init: InitAnnounced | None = None
        self.segment: SegmentOpened | None = None
        self.number = 0
        self.dts = 0
        self.written: list[tuple[PartWritten, bytes]] = []

    def present(self) -> list[Announcement]:
        """What a reader that connects now is told."""
        return [message for message in (self.status, self.init, self.segment) if message is not None]

    def set_status(self, state: str, *, cause: str = "", detail: str = "", since_ms: int = 0) -> None:
        self.status = StreamStatus(
            self.stream_id, "0190b0a0-0000-7000-8000-000000000001", "main", state, since_ms, cause=cause, detail=detail
        )
        self.recorder.tell(self.status)

    def set_init(self, data: bytes = b"init", *, digest: str = "d1", codecs: str = "avc1.640028") -> None:
        self.init = InitAnnounced(self.stream_id, digest, codecs, TIMESCALE, base64.b64encode(data).decode())
        self.recorder.tell(self.init)

    def open(self, segment_id: str, *, run_id: str = "run-1", start_ms: int = 0, recorded: bool = True) -> Path:
        """Begins a file. An init must have been set."""
        assert self.init is not None
        path = self.media / f"{segment_id}.mp4"
        path.write_bytes(b"head" * 4)
        self.segment = SegmentOpened(
            self.stream_id, segment_id, run_id, str(path), self.init.digest, start_ms, self.dts, recorded
        )
        self.recorder.tell(self.segment)
        return path

    def write(
        self, data: bytes, *, key: bool, at_ms: int, duration: int = TIMESCALE // 2, announce: bool = True
    ) -> PartWritten:
        """Appends a part to the open file."""
        assert self.segment is not None
        with Path(self.segment.path).open("ab") as file:
            offset = file.tell()
            file.write(data)
        self.number += 1
        part = PartWritten(
            self.stream_id,
            self.segment.segment_id,
            self.number,
            offset,
            len(data),
            self.dts,
            duration,
            at_ms,
            key,
        )
        self.dts += duration
        self.written.append((part, data))
        if announce:
            self.recorder.tell(part)
        return part

    def close(self, end_ms: int = 0) -> None:
        assert self.segment is not None
        self.recorder.tell(SegmentClosed(self.stream_id, self.segment.segment_id, end_ms))
        self.segment = None


async def until(condition: Callable[[], object], what: str) -> None:
    """Waits until `condition` holds; the test's own time limit ends a wait that never does."""
    for _ in range(2_000):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"never happened: {what}")
