"""The volumes that this recorder writes to, and whether they take footage now.

A volume that is full, gone, read-only, foreign or failing takes nothing: its streams go on live, and their gaps tell
why. It is looked at every few seconds in a thread of its own and used again as soon as it is well.
"""

import asyncio
import errno
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import UUID

from vedette.core.clock import Clock
from vedette.core.logs import get_logger
from vedette.recorder.segment_file import SegmentFile
from vedette.recorder.segments import OpenSegment
from vedette.recorder.writer import VolumeWriter, Worker
from vedette.recordings.model import GapCause

log = get_logger("recorder")

# Retention keeps far more free; this is where even a broken retention can't fill the disk entirely.
FLOOR_BYTES = 256 << 20
FLOOR_SHARE = 0.01
# To begin again there must be this much more than the floor, or it would stop again at once.
RESUME_SHARE = 0.005
LOOK_TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class VolumeSpec:
    """A volume's row. `marker` is its identity."""

    id: int
    name: str
    root: Path
    marker: UUID


class Condition(Protocol):
    """What a look at a volume finds. `state` is that of `VolumeRow`."""

    @property
    def state(self) -> str: ...
    @property
    def detail(self) -> str: ...
    @property
    def free_bytes(self) -> int: ...
    @property
    def total_bytes(self) -> int: ...


Look = Callable[[Path, UUID], Condition]

_STATES = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read_only",
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.ENODEV: "missing",
    errno.ESTALE: "missing",
}
_ADVICE = {
    "full": "The volume {name} is full. Delete footage or lower how long it is kept.",
    "read_only": "The volume {name} can't be written to. Look at its permissions and whether it is mounted read-only.",
    "missing": "The volume {name} is not there. Look at whether its disk is connected and mounted.",
    "foreign": "The directory of the volume {name} is not that volume. Look at whether its disk is mounted.",
    "failing": "The volume {name} does not take data. Look at its disk.",
}


def state_of(error: OSError) -> str:
    """The volume state that an error of a file call means."""
    return _STATES.get(error.errno or 0, "failing")


def floor_bytes(total_bytes: int) -> int:
    """Below this much free space nothing is written: 256 MiB, or 1 % of a small volume."""
    return min(FLOOR_BYTES, int(total_bytes * FLOOR_SHARE))


class NotThisVolumeError(OSError):
    """The directory is there, but not the volume. Raised instead of writing footage to another disk."""


class Disk:
    """One volume in use: its threads and its state. A `segments.Place`."""

    recorded = True

    def __init__(self, spec: VolumeSpec, look: Look, clock: Clock, changed: "Callable[[Disk], None]") -> None:
        self.spec = spec
        self.state = "ok"
        self.detail = ""
        self.since_ms = clock.now_ms()
        self.writer = VolumeWriter(spec.name, clock)
        self.finisher = Worker(f"finish-{spec.name}")
        self._prober = Worker(f"look-{spec.name}")
        self._look = look
        self._clock = clock
        self._looking: asyncio.Future[Condition] | None = None
        self._changed = changed

    @property
    def blocked(self) -> bool:
        """Whether nothing may be written now."""
        return self.state != "ok"

    @property
    def gap_cause(self) -> GapCause:
        """The cause of gaps while it is blocked."""
        return GapCause.WRITE_FAILURE if self.state == "failing" else GapCause.NO_DISK

    def create(self, segment: OpenSegment) -> SegmentFile:
        """In the writer's thread. Looks at the marker each time: a mount that went away leaves an empty directory
        behind, on another disk."""
        condition = self._look(self.spec.root, self.spec.marker)
        if condition.state in ("missing", "foreign"):
            code = errno.ENOENT if condition.state == "missing" else errno.EXDEV
            raise NotThisVolumeError(code, condition.state)
        data = segment.metadata
        return SegmentFile.create(self.spec.root, data.camera_slug, data.stream, data.start_ms, segment.head)

    def failed(self, error: OSError) -> None:
        """A write failed. The volume is blocked until a look finds it well."""
        state = "foreign" if isinstance(error, NotThisVolumeError) and error.errno == errno.EXDEV else state_of(error)
        self._become(state, error.strerror or "")

    async def look(self) -> None:
        """Every few seconds: is it there, is it ours, has it room, does it keep up?"""
        if self.writer.stalled:
            self._become("failing", "writing takes too long")
        if self._looking is None:
            self._looking = asyncio.ensure_future(
                self._prober.run(lambda: self._look(self.spec.root, self.spec.marker))
            )
        looking = self._looking
        done, _ = await asyncio.wait((looking,), timeout=LOOK_TIMEOUT_S)
        if not done:
            self._become("failing", "it does not answer")  # the look still hangs; the next one waits for it
            return
        self._looking = None
        try:
            self._judge(looking.result())
        except OSError as error:
            self._become(state_of(error), error.strerror or "")

    def _judge(self, condition: Condition) -> None:
        state = condition.state
        if state == "ok":
            floor = floor_bytes(condition.total_bytes)
            needed = floor + int(condition.total_bytes * RESUME_SHARE) if self.state == "full" else floor
            if condition.free_bytes < needed:
                state = "full"
            elif self.writer.stalled:
                return
        self._become(state, condition.detail)

    def _become(self, state: str, reason: str) -> None:
        if state == self.state:
            return
        before, self.state = self.state, state
        self.since_ms = self._clock.now_ms()
        if state == "ok":
            self.detail = ""
            log.info("volume takes footage again", volume=self.spec.name, before=before)
        else:
            advice = _ADVICE.get(state, _ADVICE["failing"]).format(name=self.spec.name)
            self.detail = f"{advice} ({reason})" if reason else advice
            log.error("volume takes no footage", volume=self.spec.name, state=state, reason=reason)
        self._changed(self)

    def stop(self) -> None:
        """Ends its threads after what they were asked."""
        self.writer.stop()
        self.finisher.stop()
        self._prober.stop()


class Disks:
    """All volumes that rows name. `changed` is called when the state of one changed."""

    def __init__(self, look: Look, clock: Clock, changed: Callable[[Disk], None]) -> None:
        self._look = look
        self._clock = clock
        self._changed = changed
        self._disks: dict[int, Disk] = {}
        self._retired: list[Disk] = []  # their last segments are still being ended

    def __iter__(self) -> Iterator[Disk]:
        return iter(list(self._disks.values()))

    def get(self, volume_id: int) -> Disk | None:
        return self._disks.get(volume_id)

    def update(self, specs: Iterable[VolumeSpec]) -> None:
        """The rows as they are now. A volume that is no longer named, or was moved, takes nothing more."""
        wanted = {spec.id: spec for spec in specs}
        for volume_id, disk in list(self._disks.items()):
            if wanted.get(volume_id) != disk.spec:
                self._retired.append(self._disks.pop(volume_id))
        for volume_id, spec in wanted.items():
            if volume_id not in self._disks:
                self._disks[volume_id] = Disk(spec, self._look, self._clock, self._changed)

    async def look(self) -> None:
        """Looks at all of them, none waiting for another."""
        await asyncio.gather(*(disk.look() for disk in self))

    def flush(self) -> None:
        """After each tick."""
        for disk in (*self._disks.values(), *self._retired):
            disk.writer.flush()

    async def drain(self) -> None:
        """Waits until everything is written."""
        await asyncio.gather(*(disk.writer.drain() for disk in (*self, *self._retired)))

    def stop(self) -> None:
        """Ends all threads after what they were asked."""
        for disk in (*self, *self._retired):
            disk.stop()
