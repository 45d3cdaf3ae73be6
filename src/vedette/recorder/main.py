"""The recorder process: puts its parts together, keeps the time, ends in order."""

import asyncio
import gc
import os
import signal
from collections.abc import Awaitable, Callable, Collection
from typing import Literal
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError

from vedette.cameras.tables import StreamRow
from vedette.core.clock import Clock, SystemClock
from vedette.core.lifecycle import stop_event
from vedette.core.logs import get_logger
from vedette.core.threads import step_forward
from vedette.core.waiting import set_within
from vedette.db.session import Database
from vedette.events import outbox
from vedette.events.announcements import Hello
from vedette.events.frames import FRAMES_SUFFIX
from vedette.media.units import SourceSink
from vedette.recorder.announcer import Announcer
from vedette.recorder.assignment import Assigner, Assignment, Share
from vedette.recorder.disks import Disk, Disks
from vedette.recorder.journal import Journal
from vedette.recorder.process import Source, StreamSpec
from vedette.recorder.recorder import OpenSource, Recorder
from vedette.recorder.ring import Ring, ring_directory
from vedette.recorder.sockets import socket_path
from vedette.recordings.commit import SegmentCommitter
from vedette.recordings.recovery import recover
from vedette.recordings.standing import Standing, read_standing
from vedette.settings import Settings
from vedette.storage.service import VolumeService
from vedette.storage.volumes import Probe, VolumeState

log = get_logger("recorder")

LOOK_AT_CAMERAS_S = 5.0
LOOK_AT_DISKS_S = 3.0
STATUSES_S = 2
PROGRESS_S = 5
STOP_S = 5.0
MEND_LIMIT_S = 60.0
_MENDED_AT_ONCE = 4
# Before what serves video, and everything else of the machine (docs/decisions/recording-first.md).
_BEFORE_OTHERS = 10
# Units die by reference count; the collector is for the cycles that database sessions leave.
_GC_THRESHOLDS = (20_000, 10, 20)

Engine = Literal["native", "libav"]


async def run(settings: Settings, name: str, engine: Engine, shard: int = 0, shards: int = 1) -> None:
    """Records this share of the streams until SIGTERM or SIGINT. `name` is that of the socket (`native-0`, `libav`)."""
    step_forward(_BEFORE_OTHERS)
    stop = stop_event()
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # a terminal that is closed is no reason to stop recording
    clock = SystemClock()
    database = Database(settings.sqlalchemy_url, cache_kib=2048, pool_size=2)
    try:
        await RecorderProcess(settings, database, clock, name, Share(engine, shard, shards)).run(stop)
    finally:
        await database.aclose()


class RecorderProcess:
    """Everything of one process around a `Recorder`."""

    def __init__(self, settings: Settings, database: Database, clock: Clock, name: str, share: Share) -> None:
        self._settings = settings
        self._database = database
        self._clock = clock
        self._name = name
        self._look_again = asyncio.Event()
        self._volumes = VolumeService(database, clock)
        self._background: set[asyncio.Task[None]] = set()
        segment_ms = settings.segment_seconds * 1000 if settings.segment_seconds else None
        self._assigner = Assigner(share, _unsealer(settings), segment_ms=segment_ms)
        self._announcer = Announcer(Hello(name, settings.node, os.getpid()), lambda _cameras: self._look_again.set())
        self._journal = Journal(SegmentCommitter(database, clock, settings.node))
        self._ring = Ring(ring_directory(settings.data, settings.run_dir, name), clock)
        self._recorder = Recorder(
            node=settings.node,
            part_ms=settings.part_ms,
            clock=clock,
            announcer=self._announcer,
            journal=self._journal,
            disks=Disks(clock, self._volume_changed),
            ring=self._ring,
            open_source=_source_factory(share.engine, clock),
            fall_back=self._fall_back,
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set; then everything is written out, within about five seconds."""
        self._ring.prepare()
        path = socket_path(self._settings.run_dir, self._name)
        await self._recorder.frames.start(path.with_suffix(FRAMES_SUFFIX))
        await self._announcer.start(path)
        self._recorder.start()
        tasks = [
            asyncio.create_task(work, name=what)
            for what, work in (
                ("journal", self._journal.run()),
                ("cameras", self._follow_cameras()),
                ("disks", self._every(LOOK_AT_DISKS_S, self._recorder.look_at_disks)),
                ("time", self._keep_time()),
            )
        ]
        log.info("recorder started", name=self._name)
        gc.set_threshold(*_GC_THRESHOLDS)
        stopped = asyncio.create_task(stop.wait())
        try:
            # None of these ends by itself: one that does is a fault, and the supervisor starts a new process.
            await asyncio.wait((stopped, *tasks), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (stopped, *tasks[1:]):
                task.cancel()
            await self._recorder.stop(STOP_S)
            tasks[0].cancel()
            await self._recorder.frames.aclose()
            await self._announcer.aclose()
            ended = await asyncio.gather(*tasks, *self._background, return_exceptions=True)
        log.info("recorder stopped", name=self._name)
        for result in ended:
            if isinstance(result, Exception):
                raise result

    async def _follow_cameras(self) -> None:
        """Reads the cameras every few seconds, and at once when a reader says that they changed."""
        answers = True
        frozen = False
        while True:
            self._look_again.clear()
            try:
                assignment = await self._read()
            except (SQLAlchemyError, OSError) as error:
                if answers:
                    log.error("the cameras can't be read, present ones go on", error=str(error))
                answers = False
            else:
                answers = True
                await self._take_on(assignment)
                if not frozen:  # what was loaded until now stays: the collector need not walk it
                    gc.collect()
                    gc.freeze()
                    frozen = True
            await set_within(self._look_again, LOOK_AT_CAMERAS_S)

    async def _read(self) -> Assignment:
        async with self._database.read() as session:
            return await self._assigner.read(session)

    async def _take_on(self, assignment: Assignment) -> None:
        """Makes the streams what was read. Before a stream is begun, what a predecessor left of it is mended: a few at
        a time, so that the first cameras need not wait for all files."""
        known = self._recorder.stream_ids
        begun = [spec for spec in assignment.streams if spec.stream_id in known]
        new = [spec for spec in assignment.streams if spec.stream_id not in known]
        await self._recorder.assign(Assignment(tuple(begun), assignment.volumes))
        if new and not known:
            await self._recorder.look_at_disks()
        for start in range(0, len(new), _MENDED_AT_ONCE):
            batch = new[start : start + _MENDED_AT_ONCE]
            await self._mend([spec.stream_id for spec in batch])
            before = await self._standing([spec.stream_id for spec in batch])
            begun += batch
            await self._recorder.assign(Assignment(tuple(begun), assignment.volumes), before)

    async def _mend(self, stream_ids: Collection[int], writing: Collection[UUID] = ()) -> None:
        """Never lets a bad disk or file keep cameras from being recorded."""
        try:
            async with asyncio.timeout(MEND_LIMIT_S):
                await recover(self._database, self._clock, stream_ids, self._recorder.usable_places(), writing=writing)
        except TimeoutError:
            log.error("mending what was left takes too long, recording begins without", streams=len(stream_ids))
        except (SQLAlchemyError, OSError) as error:
            log.error("what was left could not be mended", streams=len(stream_ids), error=str(error))

    async def _standing(self, stream_ids: Collection[int]) -> dict[int, Standing]:
        """How the streams stood before; where that can't be read they begin anew."""
        try:
            async with self._database.read() as session:
                return {stream_id: await read_standing(session, stream_id) for stream_id in stream_ids}
        except (SQLAlchemyError, OSError) as error:
            log.warning("how the cameras stood before can't be read", streams=len(stream_ids), error=str(error))
            return {}

    async def _keep_time(self) -> None:
        second = 0
        due_s = self._clock.monotonic()
        while True:
            due_s = max(due_s + 1.0, self._clock.monotonic() + 0.2)
            await self._clock.sleep(due_s - self._clock.monotonic())
            second += 1
            self._recorder.each_second()
            if second % STATUSES_S == 0:
                self._recorder.tell_statuses()
            if second % PROGRESS_S == 0:
                self._recorder.tell_progress()

    async def _every(self, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            await self._clock.sleep(seconds)
            await work()

    # What goes to the database beside the index

    def _volume_changed(self, disk: Disk, before: Probe, found: Probe) -> None:
        self._spawn(self._tell_volume_state(disk.spec.id, before, found))
        if not disk.blocked:  # what was left there can be mended now
            self._spawn(self._mend(self._recorder.stream_ids, self._recorder.unfinished()))

    async def _tell_volume_state(self, volume_id: int, before: Probe, found: Probe) -> None:
        """Logs and stores how a volume is now. One that a person removed is gone on purpose."""
        try:
            known = volume_id in {row.id for row in await self._volumes.every()}
            if known:
                await self._volumes.set_state(volume_id, found)
        except (SQLAlchemyError, OSError) as error:
            known = True
            log.warning("the state of a volume could not be stored", volume_id=volume_id, error=str(error))
        if not known:
            log.info("volume was removed", volume_id=volume_id)
            self._look_again.set()
        elif found.state is VolumeState.OK:
            log.info("volume takes footage again", volume_id=volume_id, was=before.state)
        else:
            log.error("volume takes no footage", volume_id=volume_id, state=found.state, detail=found.detail)

    async def _fall_back(self, spec: StreamSpec, detail: str) -> None:
        """Gives a stream that the native client can't read to the libav recorder."""
        async with self._database.write() as session:
            changed = await session.execute(
                update(StreamRow)
                .where(StreamRow.id == spec.stream_id, StreamRow.engine == "auto", StreamRow.fallback.is_(None))
                .where(StreamRow.url == (spec.stored_url or spec.url))
                .values(fallback=detail)
                .returning(StreamRow.id)
            )
            if changed.first() is None:
                return
            payload = {"camera_id": str(spec.camera_id), "slug": spec.camera_slug, "change": "fallback"}
            outbox.emit(session, self._clock.now_ms(), "camera.changed", payload)
        log.warning("stream falls back to libav", camera=spec.camera_slug, stream=spec.kind, reason=detail)
        self._look_again.set()

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)


def _source_factory(engine: str, clock: Clock) -> OpenSource:
    """Each process loads one engine only: PyAV alone takes 75 MB of libraries."""
    if engine == "libav":
        from vedette.media.libav import LibavSource

        def open_libav(spec: StreamSpec, sink: SourceSink) -> Source:
            return LibavSource(spec.url, spec.credentials, sink, clock=clock, prefer_tcp=spec.auto)

        return open_libav

    from vedette.media.rtsp.client import RtspSource

    def open_native(spec: StreamSpec, sink: SourceSink) -> Source:
        return RtspSource(spec.url, spec.credentials, sink, clock=clock)

    return open_native


def _unsealer(settings: Settings) -> Callable[[UUID, str, str], str]:
    """Loads the key and the cipher when the first password is needed: many installations have none."""
    vault = None

    def unseal(camera_id: UUID, field: str, sealed: str) -> str:
        nonlocal vault
        if vault is None:
            from vedette.vault import open_vault

            vault = open_vault(settings)
        return vault.open_sealed(camera_id, field, sealed)

    return unseal
