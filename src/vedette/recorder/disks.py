"""The volumes that this recorder writes to, and whether they take footage now.

A volume that is full, gone, read-only, foreign or failing takes nothing: its streams go on live, and their gaps tell
why. It is looked at every few seconds in a thread of its own and used again as soon as it is well.
"""

import asyncio
import errno
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from vedette.core.clock import Clock
from vedette.core.errors import VedetteError
from vedette.core.logs import get_logger
from vedette.core.words import sentences
from vedette.media.fmp4.tables import SegmentTables
from vedette.recorder.segment_file import SegmentFile
from vedette.recorder.segments import OpenSegment
from vedette.recorder.writer import VolumeWriter, Worker
from vedette.recordings.model import GapCause
from vedette.storage import volumes
from vedette.storage.volumes import Probe, VolumeState

log = get_logger("recorder")

LOOK_LIMIT_S = 10.0
# Files up to this long are finalised from what their writer noted. Reading 1 800 parts again from a hard disk that has
# long forgotten them takes seconds, and all cameras end their segments in the same moment.
TABLES_MS = 20 * 60_000


@dataclass(frozen=True, slots=True)
class VolumeSpec:
    """A volume's row. `marker` is its identity."""

    id: int
    root: Path
    marker: UUID


class NotThisVolumeError(OSError):
    """The directory is there, but not the volume: nothing is written to another disk by accident."""


# The volume, how it was and how it is.
Changed = Callable[["Disk", Probe, Probe], None]


class Disk:
    """One volume in use: its threads and its state. A `segments.Place`."""

    recorded = True

    def __init__(self, spec: VolumeSpec, clock: Clock, changed: Changed) -> None:
        self.spec = spec
        self.probe = Probe(VolumeState.OK)
        self.writer = VolumeWriter(str(spec.id), clock)
        self.finisher = Worker(f"finish-{spec.id}")
        self._prober = Worker(f"look-{spec.id}")
        self._changed = changed
        self._looking: asyncio.Future[Probe] | None = None

    @property
    def blocked(self) -> bool:
        """Whether nothing may be written now."""
        return self.probe.state is not VolumeState.OK

    @property
    def gap(self) -> tuple[GapCause, str]:
        """Cause and detail of gaps while it is blocked."""
        failing = self.probe.state is VolumeState.FAILING
        return GapCause.WRITE_FAILURE if failing else GapCause.NO_DISK, sentences(self.probe.detail, self.probe.remedy)

    def create(self, segment: OpenSegment) -> SegmentFile:
        """In the writer's thread. Reads the marker each time: a disk that went away leaves an empty directory behind,
        on another disk."""
        try:
            found = volumes.identify(self.spec.root).marker
        except VedetteError as error:
            raise NotThisVolumeError(errno.ENODEV, error.message) from error
        if found != self.spec.marker:
            raise NotThisVolumeError(errno.ENODEV, f"another volume is at {self.spec.root}")
        data = segment.metadata
        # 0.5 MB for a quarter of an hour of 25 fps with sound. Longer files are read again when they close.
        short = segment.boundary_ms - data.start_ms <= TABLES_MS
        tables = SegmentTables(segment.init.tracks, len(segment.head)) if short else None
        return SegmentFile.create(self.spec.root, data.camera_slug, data.stream, data.start_ms, segment.head, tables)

    def failed(self, error: OSError) -> None:
        """A write failed. The volume is blocked until a look finds it well."""
        if isinstance(error, NotThisVolumeError):
            self._become(Probe(VolumeState.MISSING, f"{error.strerror}.", "Connect and mount the disk."))
        else:
            self._become(volumes.classify(error, self.spec.root))

    async def look(self) -> None:
        """Every few seconds: is it there, is it ours, has it room, does it keep up?"""
        if self._looking is None:
            work = self._prober.run(lambda: volumes.probe(self.spec.root, self.spec.marker))
            self._looking = asyncio.ensure_future(work)
        looking = self._looking
        done, _ = await asyncio.wait((looking,), timeout=LOOK_LIMIT_S)
        if not done:  # it still hangs; the next look waits for the same answer
            self._become(volumes.failing(self.spec.root, "it does not answer"))
            return
        self._looking = None
        found = looking.result()
        if self.writer.stalled:
            found = volumes.failing(self.spec.root, "it does not take data as fast as the cameras send it")
        elif found.state is VolumeState.OK and self.probe.state is VolumeState.FULL and not _has_room(found):
            return
        self._become(found)

    def _become(self, found: Probe) -> None:
        before, self.probe = self.probe, found
        if found.state is before.state:
            return
        self._changed(self, before, found)

    def stop(self) -> None:
        """Ends its threads after what they were asked."""
        self.writer.stop()
        self.finisher.stop()
        self._prober.stop()


def _has_room(found: Probe) -> bool:
    space = found.space
    return space is None or space.free_bytes >= space.resume_bytes


class Disks:
    """All volumes that rows name, the oldest first. `changed` is called when the state of one changed."""

    def __init__(self, clock: Clock, changed: Changed) -> None:
        self._clock = clock
        self._changed = changed
        self._disks: dict[int, Disk] = {}
        self._retired: list[Disk] = []  # their last segments are still being ended

    def __iter__(self) -> Iterator[Disk]:
        return iter((*self._disks.values(), *self._retired))

    def get(self, volume_id: int | None) -> Disk | None:
        """The volume, or the default one, which is the oldest."""
        if volume_id is None:
            return next(iter(self._disks.values()), None)
        return self._disks.get(volume_id)

    def update(self, specs: Iterable[VolumeSpec]) -> None:
        """The rows as they are now. A volume that is no longer named, or was moved, takes nothing more."""
        before, self._disks = self._disks, {}
        for spec in specs:
            disk = before.get(spec.id)
            if disk is not None and disk.spec == spec:
                self._disks[spec.id] = before.pop(spec.id)
            else:
                self._disks[spec.id] = Disk(spec, self._clock, self._changed)
        for disk in before.values():
            log.info("volume let go", volume_id=disk.spec.id, location=str(disk.spec.root))
        self._retired.extend(before.values())

    async def look(self) -> None:
        """Looks at all of them, none waiting for another."""
        await asyncio.gather(*(disk.look() for disk in self._disks.values()))

    def tick(self) -> None:
        """After each tick: takes back what was written, hands over what is to be."""
        for disk in self:
            disk.writer.collect()
            disk.writer.flush()

    async def drain(self) -> None:
        """Waits until everything is written."""
        await asyncio.gather(*(disk.writer.drain() for disk in self))

    def stop(self) -> None:
        """Ends all threads after what they were asked."""
        for disk in self:
            disk.stop()
