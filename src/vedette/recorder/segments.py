"""An open segment as the loop sees it: what it is, where it goes, how far it is."""

from typing import Protocol
from uuid import UUID

from vedette.media.units import Init, KeyFrameEntry, Part, SegmentIndex, SegmentMetadata
from vedette.recorder.segment_file import SegmentFile
from vedette.recorder.writer import Append, VolumeWriter
from vedette.recordings.model import NewSegment, Progress


class Place(Protocol):
    """Where segments go: a volume (`recorded`), or the ring of streams that are only shown."""

    recorded: bool
    writer: VolumeWriter

    def create(self, segment: "OpenSegment") -> SegmentFile:
        """In the writer's thread: the segment's file with its head. Raises OSError."""
        ...


class SegmentOwner(Protocol):
    """What a segment's parts come back to, on the loop."""

    def part_written(self, segment: "OpenSegment", command: Append) -> None: ...

    def part_refused(self, segment: "OpenSegment", command: Append) -> None: ...

    def segment_ended(self, segment: "OpenSegment") -> None:
        """The writer has let go of the file."""
        ...


class OpenSegment:
    """One segment from its first part to its last. `boundary_ms` is when it should end, `head` what the file begins
    with. `bytes`, `frames`, `end_ms`, `duration_ticks` and `groups` tell what is surely in the file."""

    __slots__ = (
        "boundary_ms",
        "bytes",
        "duration_ticks",
        "end_ms",
        "error",
        "failed",
        "file",
        "frames",
        "groups",
        "groups_told_ms",
        "head",
        "init",
        "metadata",
        "outstanding",
        "owner",
        "place",
        "stream_id",
        "timescale",
    )

    def __init__(
        self,
        owner: SegmentOwner,
        place: Place,
        stream_id: int,
        metadata: SegmentMetadata,
        init: Init,
        head: bytes,
        timescale: int,
        boundary_ms: int,
    ) -> None:
        self.owner = owner
        self.place = place
        self.stream_id = stream_id
        self.metadata = metadata
        self.init = init
        self.head = head
        self.timescale = timescale
        self.boundary_ms = boundary_ms
        self.file: SegmentFile | None = None
        self.error: OSError | None = None
        self.failed = False
        self.outstanding = 0
        self.bytes = 0
        self.frames = 0
        self.end_ms = metadata.start_ms
        self.duration_ticks = 0
        self.groups: list[KeyFrameEntry] = []
        self.groups_told_ms = metadata.start_ms

    # For the pipeline

    def append(self, part: Part, at_ms: int, end_ms: int) -> None:
        """Hands a part to the writer."""
        self.outstanding += 1
        self.place.writer.append(Append(self, part, at_ms, end_ms))

    def close(self) -> None:
        """No more parts; `segment_ended` follows."""
        self.place.writer.close(self)

    # For the writer

    def open_file(self) -> SegmentFile:
        return self.place.create(self)

    def appended(self, command: Append) -> None:
        self.outstanding -= 1
        if command.error is not None:
            self.owner.part_refused(self, command)
            return
        self._count(command)
        self.owner.part_written(self, command)

    def closed(self) -> None:
        self.owner.segment_ended(self)

    def _count(self, command: Append) -> None:
        part, length = command.part, len(command.part.data)
        self.bytes = command.offset + length
        self.frames += part.samples
        self.end_ms = max(self.end_ms, command.end_ms)
        self.duration_ticks = part.dts_ticks + part.duration_ticks - self.metadata.start_ticks
        if part.key or not self.groups:
            self.groups.append(KeyFrameEntry(command.offset, length, part.dts_ticks, part.duration_ticks))
        else:
            group = self.groups[-1]
            end_ticks = part.dts_ticks + part.duration_ticks
            self.groups[-1] = KeyFrameEntry(
                group.offset, command.offset + length - group.offset, group.dts_ticks, end_ticks - group.dts_ticks
            )

    # For the index

    @property
    def id(self) -> UUID:
        return UUID(self.metadata.segment_id)

    def as_new(self, volume_id: int, path: str) -> NewSegment:
        """What the index is told with the first part."""
        return NewSegment(
            id=self.id,
            stream_id=self.stream_id,
            volume_id=volume_id,
            init=self.init,
            run_id=UUID(self.metadata.run_id),
            sequence=self.metadata.sequence,
            path=path,
            start_ms=self.metadata.start_ms,
            end_ms=self.end_ms,
            start_ticks=self.metadata.start_ticks,
            duration_ticks=self.duration_ticks,
            bytes=self.bytes,
            frames=self.frames,
        )

    def as_progress(self, *, with_groups: bool) -> Progress:
        """How far it is. Groups go along now and then only: they grow with the file."""
        groups = SegmentIndex(self.timescale, list(self.groups)) if with_groups else None
        return Progress(self.id, self.end_ms, self.duration_ticks, self.bytes, self.frames, groups)
