"""Smart find: when did a region of the picture change? Computed on demand from the key frames of recordings."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from uuid import UUID

from vedette.access.principal import Principal
from vedette.audit.log import Entry, record
from vedette.cameras.directory import StreamRef, find_streams
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError
from vedette.db.session import Database
from vedette.http.instants import format_instant
from vedette.playback.background import Background
from vedette.playback.find.detector import Rules
from vedette.playback.find.hits import Hit
from vedette.playback.find.plan import Stretch, check_span, of_piece, stretches, windows
from vedette.playback.find.refine import Source
from vedette.playback.find.region import Polygon, check_region
from vedette.playback.find.scan import Batch, Scan, Skipped
from vedette.playback.service import PlaybackService
from vedette.recordings.files import open_file

# Searches of one caller, and of all callers of this process, at once. They take turns in one thread.
OF_ONE, OF_ALL = 2, 8
# More than this is no answer to a person's question.
MOST_HITS = 500
# A piece of work: others have their turn after it, and a cancelled search ends within it.
_WORK_S = 0.1
_TELL_S = 0.25
# A volume that hangs must not keep a search.
_OPEN_S = 10.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search as it was asked for. `kind` None: the sub-stream, and the main one where there is none."""

    region: Sequence[Polygon]
    start_ms: int
    end_ms: int
    sensitivity: int
    kind: str | None


@dataclass(frozen=True, slots=True)
class Search:
    """A search that can be made: `streams` are those that it looks at by kind, `end_ms` is not after the present."""

    wanted: Wanted
    streams: dict[str, StreamRef]
    end_ms: int

    @property
    def camera(self) -> StreamRef:
        """Whose it is; the stream is the one that is searched first."""
        return next(iter(self.streams.values()))


@dataclass(frozen=True, slots=True)
class Progress:
    """Searched up to `at_ms`: so many key frames, which show `searched_ms` of footage."""

    at_ms: int
    pictures: int
    searched_ms: int
    hits: int


@dataclass(frozen=True, slots=True)
class Done:
    """The end. `full`: there is more, but too much was found already. `took_s` with waiting for others' turns."""

    progress: Progress
    full: bool
    took_s: float


Event = Hit | Skipped | Progress | Done


class FindService:
    """One per api process. Reads the index and files; asks nothing of a recorder."""

    def __init__(self, database: Database, clock: Clock, playback: PlaybackService, background: Background) -> None:
        self._database = database
        self._clock = clock
        self._playback = playback
        self._background = background
        self._running: Counter[UUID | str] = Counter()

    async def prepare(self, camera: str, wanted: Wanted) -> Search:
        """Raises VedetteError `camera.not_found`, `find.region`, `find.span`, `find.future`, `find.span_too_long`."""
        check_region(wanted.region)
        end_ms = check_span(wanted.start_ms, wanted.end_ms, self._clock.now_ms())
        async with self._database.read() as session:
            found = await find_streams(session, camera, past=True)
        kinds = ("sub", "main") if wanted.kind is None else (wanted.kind if wanted.kind in found else "main",)
        return Search(wanted, {kind: found[kind] for kind in kinds if kind in found}, end_ms)

    @contextmanager
    def seat(self, caller: Principal) -> Iterator[None]:
        """For one search. Raises VedetteError `find.too_many_of_user`, `find.busy`."""
        who = caller.token_id or caller.user_id or caller.address
        if self._running[who] >= OF_ONE:
            raise VedetteError(
                ErrorKind.TOO_MANY,
                "find.too_many_of_user",
                f"{OF_ONE} searches of yours are running. Wait for one, or cancel it.",
                retry_after_s=5,
            )
        if self._running.total() >= OF_ALL:
            raise VedetteError(
                ErrorKind.UNAVAILABLE, "find.busy", f"{OF_ALL} searches are running. Try again when one has ended."
            )
        self._running[who] += 1
        try:
            yield
        finally:
            self._running[who] -= 1
            if not self._running[who]:
                del self._running[who]

    async def note(self, caller: Principal, search: Search) -> None:
        """Writes it down in the audit log."""
        wanted, camera = search.wanted, search.camera
        entry = Entry(
            "playback.find",
            object_kind="camera",
            object_id=str(camera.camera_id),
            object_name=camera.camera_name,
            camera_id=camera.camera_id,
            after={
                "from": format_instant(wanted.start_ms),
                "to": format_instant(search.end_ms),
                "region": [[list(point) for point in polygon] for polygon in wanted.region],
                "sensitivity": wanted.sensitivity,
            },
        )
        async with self._database.write() as session:
            await record(session, self._clock.now_ms(), caller, entry)

    async def run(self, search: Search) -> AsyncGenerator[Event, None]:
        """Searches, and tells what it finds as it finds it, oldest first; the last event is `Done`. Who stops asking
        stops the work. Raises what the database raises."""
        wanted = search.wanted
        began_s = told_s = self._clock.monotonic()
        scan = Scan(wanted.region, Rules.of(wanted.sensitivity), wanted.start_ms, self._clock)
        full = False
        try:
            async with aclosing(self._sources(search)) as sources:
                async for source in sources:
                    if isinstance(source, Skipped):
                        yield source
                        continue
                    scan.enter(source)
                    done = False
                    while not done and not full:
                        batch = await self._background.run(scan.run, _WORK_S)
                        for event in _events(batch):
                            yield event
                        done, full = batch.done, scan.hits.count >= MOST_HITS
                        if self._clock.monotonic() - told_s >= _TELL_S:
                            told_s = self._clock.monotonic()
                            yield _progress(scan)
                    if full:
                        break
            for event in _events(await self._background.run(scan.finish)):
                yield event
            if not full:
                scan.at_ms = search.end_ms
            yield Done(_progress(scan), full, self._clock.monotonic() - began_s)
        finally:
            scan.stop()
            self._background.after(scan.close)

    async def _sources(self, search: Search) -> AsyncGenerator[Source | Skipped, None]:
        """The files to search in their order, each opened when it is asked for. Where one can't be read the main
        stream's is taken, else it is skipped."""
        wanted = search.wanted
        inits: dict[str, bytes] = {}
        for start_ms, end_ms in windows(wanted.start_ms, search.end_ms):
            footage = {
                kind: await self._playback.of_span(stream.stream_id, start_ms, end_ms)
                for kind, stream in search.streams.items()
            }
            first = start_ms == wanted.start_ms
            main = footage.get("main", [])
            for stretch in stretches(footage.get("sub", []), main, start_ms, end_ms, first=first):
                source = await self._open(stretch, inits)
                if isinstance(source, Source) or stretch.kind == "main":
                    yield source
                    continue
                instead = [
                    one
                    for piece in main
                    if (one := of_piece(piece, "main", stretch.start_ms, stretch.end_ms)) is not None
                ]
                for other in instead:
                    yield await self._open(other, inits)
                if not instead:
                    yield source

    async def _open(self, stretch: Stretch, inits: dict[str, bytes]) -> Source | Skipped:
        try:
            async with asyncio.timeout(_OPEN_S):
                file = await self._playback.file(UUID(stretch.piece.segment_id))
                digest = stretch.piece.init
                if digest not in inits:
                    inits.clear()  # a run has one; the newest is all that is worth keeping
                    inits[digest] = await self._playback.init(digest)
                return Source(stretch, inits[digest], await open_file(file))
        except VedetteError as error:
            return Skipped(stretch.start_ms, stretch.end_ms, error.code, error.message)
        except TimeoutError:
            message = "The volume of this recording does not answer."
            return Skipped(stretch.start_ms, stretch.end_ms, "volume.unreachable", message)


def _events(batch: Batch) -> list[Event]:
    return [*batch.hits, *batch.skipped]


def _progress(scan: Scan) -> Progress:
    return Progress(scan.at_ms, scan.pictures, scan.searched_ms, scan.hits.count)
