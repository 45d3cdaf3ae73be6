"""What changes the segment index: rows, usage and gaps, always inside the caller's transaction.

Usage follows every change of a segment row in the same transaction, so that storage statistics and retention never sum
the segment table. Usage rows are changed in the order of their keys: transactions that touch the same ones can't lock
each other out.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Integer, Select, bindparam, cast, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.cameras.tables import StreamRow
from vedette.db.dialect import lock_table, upsert
from vedette.events import outbox
from vedette.media.units import Codec, Init
from vedette.recordings.model import Gap, GapCause, HealthSample, NewSegment, Segment
from vedette.recordings.tables import (
    MAX_SEGMENT_MS,
    GapRow,
    HealthRow,
    InitRow,
    RunRow,
    SegmentIndexRow,
    SegmentRow,
    UsageRow,
)

DAY_MS = 86_400_000


class UsageKey(NamedTuple):
    """A row of the usage table."""

    volume_id: int
    stream_id: int
    day: int


class Counts(NamedTuple):
    """What is added to a usage row; negative to take away."""

    bytes: int
    files: int
    duration_ms: int


class UsageChange:
    """Adds up what a transaction does to usage."""

    def __init__(self) -> None:
        self._sums: dict[UsageKey, Counts] = {}

    def add(self, volume_id: int, stream_id: int, start_ms: int, counts: Counts) -> None:
        """`start_ms` is the segment's start, which says the day it counts to."""
        key = UsageKey(volume_id, stream_id, start_ms // DAY_MS)
        before = self._sums.get(key, Counts(0, 0, 0))
        self._sums[key] = Counts(*(a + b for a, b in zip(before, counts, strict=True)))

    async def apply(self, session: AsyncSession) -> None:
        """Writes the sums. Days without files lose their row."""
        changed = [(key, counts) for key, counts in sorted(self._sums.items()) if any(counts)]
        if not changed:
            return
        statement = upsert(session, UsageRow)
        new = statement.excluded
        statement = statement.on_conflict_do_update(
            index_elements=[UsageRow.volume_id, UsageRow.stream_id, UsageRow.day],
            set_={
                "bytes": UsageRow.bytes + new.bytes,
                "files": UsageRow.files + new.files,
                "duration_ms": UsageRow.duration_ms + new.duration_ms,
            },
        )
        await session.execute(statement, [{**key._asdict(), **counts._asdict()} for key, counts in changed])
        if any(counts.files < 0 for _, counts in changed):
            empty = [UsageRow.bytes == 0, UsageRow.files == 0, UsageRow.duration_ms == 0]
            keys = {key.volume_id for key, _ in changed}, {key.stream_id for key, _ in changed}
            of_keys = [UsageRow.volume_id.in_(keys[0]), UsageRow.stream_id.in_(keys[1])]
            await session.execute(delete(UsageRow).where(*of_keys, *empty))


async def recount_usage(session: AsyncSession, stream_id: int | None = None) -> None:
    """Makes the usage of a stream (None: of all) what its segments add up to.

    Reads all of them. Ten million take longer than others wait for SQLite's write lock: better go stream by stream.
    """
    # Whoever changes a segment now waits with its part of the usage until this is committed, and adds it then.
    await lock_table(session, UsageRow)
    stored = delete(UsageRow)
    await session.execute(stored if stream_id is None else stored.where(UsageRow.stream_id == stream_id))
    counted = await counted_usage(session, stream_id)
    if counted:
        await session.execute(upsert(session, UsageRow), counted)


async def counted_usage(session: AsyncSession, stream_id: int | None = None) -> list[dict[str, int]]:
    """The usage rows as the segments add up. Reads all of them."""
    # Integer division: days of a time that is never negative.
    day = (SegmentRow.start_ms - SegmentRow.start_ms % DAY_MS) / DAY_MS
    key = (SegmentRow.volume_id, SegmentRow.stream_id, cast(day, Integer))
    sums = (func.sum(SegmentRow.bytes), func.count(), func.sum(SegmentRow.end_ms - SegmentRow.start_ms))
    names = ("volume_id", "stream_id", "day", "bytes", "files", "duration_ms")
    statement = select(*key, *sums).group_by(*key).order_by(*key)
    if stream_id is not None:
        statement = statement.where(SegmentRow.stream_id == stream_id)
    rows = await session.execute(statement)
    return [dict(zip(names, map(int, row), strict=True)) for row in rows]


def capped_end_ms(start_ms: int, end_ms: int) -> int:
    """`end_ms` within what the index allows. A clock that was set meanwhile is no reason to refuse footage."""
    return min(max(end_ms, start_ms), start_ms + MAX_SEGMENT_MS)


async def ensure_init(session: AsyncSession, init: Init) -> int:
    """The key of `init`, which is stored when it is new."""
    by_digest = select(InitRow.id).where(InitRow.digest == init.digest)
    known = await session.scalar(by_digest)
    if known is not None:
        return known
    video, audio = init.tracks.video, init.tracks.audio
    values = {
        "digest": init.digest,
        "data": init.data,
        "codecs": init.codecs,
        "video_codec": video.codec.value if video else None,
        "width": video.width if video else None,
        "height": video.height if video else None,
        "video_timescale": video.timescale if video else None,
        "audio_codec": Codec(audio.codec).value if audio else None,
        "audio_rate": audio.sample_rate if audio else None,
        "audio_channels": audio.channels if audio else None,
    }
    await session.execute(upsert(session, InitRow).values(values).on_conflict_do_nothing())
    return (await session.execute(by_digest)).scalar_one()


async def insert_segment(
    session: AsyncSession, new: NewSegment, *, state: str, sha256: str | None = None
) -> Segment | None:
    """Adds a row with its usage; None when the segment is in the index already."""
    if await session.get(SegmentRow, new.id) is not None:
        return None
    row = Segment(
        id=new.id,
        stream_id=new.stream_id,
        volume_id=new.volume_id,
        init_id=await ensure_init(session, new.init),
        run_id=new.run_id,
        sequence=new.sequence,
        path=new.path,
        state=state,
        start_ms=new.start_ms,
        end_ms=capped_end_ms(new.start_ms, new.end_ms),
        start_ticks=new.start_ticks,
        duration_ticks=new.duration_ticks,
        bytes=new.bytes,
        frames=new.frames,
        sha256=sha256,
    )
    await session.execute(upsert(session, SegmentRow).values(asdict(row)))
    usage = UsageChange()
    usage.add(row.volume_id, row.stream_id, row.start_ms, Counts(row.bytes, 1, row.end_ms - row.start_ms))
    await usage.apply(session)
    return row


class Before(NamedTuple):
    """What a segment's row says before it is changed."""

    id: UUID
    volume_id: int
    stream_id: int
    start_ms: int
    end_ms: int
    bytes: int
    state: str


def _given(row: Before) -> Counts:
    return Counts(row.bytes, 1, row.end_ms - row.start_ms)


def _taken(row: Before) -> Counts:
    return Counts(-row.bytes, -1, row.start_ms - row.end_ms)


def lock_segments(ids: Collection[UUID]) -> Select[Any]:
    """Reads those rows as `Before` and keeps others from changing them."""
    columns = (getattr(SegmentRow, name) for name in Before._fields)
    return select(*columns).where(SegmentRow.id.in_(ids)).order_by(SegmentRow.id).with_for_update()


async def update_segments(
    session: AsyncSession, changes: Mapping[UUID, dict[str, Any]], *, only: str | None
) -> set[UUID]:
    """Changes columns of rows, and usage with them. `only` names the state that rows must be in to be changed.

    Returns the ids that were changed; a segment that is gone or in another state is left alone.
    """
    usage = UsageChange()
    parameters = []
    for row in await session.execute(lock_segments(changes)):
        before = Before(*row)
        if only is not None and before.state != only:
            continue
        values = dict(changes[before.id])
        values["end_ms"] = capped_end_ms(before.start_ms, values.get("end_ms", before.end_ms))
        usage.add(before.volume_id, before.stream_id, before.start_ms, _taken(before))
        after = before._replace(**{name: values[name] for name in Before._fields if name in values})
        usage.add(after.volume_id, after.stream_id, after.start_ms, _given(after))
        parameters.append({"key": before.id, **values})
    if parameters:
        columns: dict[str, Any] = {name: bindparam(name) for name in parameters[0] if name != "key"}
        statement = update(SegmentRow.__table__).where(SegmentRow.id == bindparam("key")).values(columns)  # type: ignore[arg-type]
        connection = await session.connection()
        await connection.execute(statement, parameters)
        await usage.apply(session)
    return {parameter["key"] for parameter in parameters}


async def remove_segment(session: AsyncSession, segment_id: UUID) -> bool:
    """Takes a row out of the index, whatever its state, with its usage. False when it is gone. The file stays."""
    columns = (getattr(SegmentRow, name) for name in Before._fields)
    statement = delete(SegmentRow).where(SegmentRow.id == segment_id).returning(*columns)
    found = (await session.execute(statement)).first()
    if found is None:
        return False
    before = Before(*found)
    usage = UsageChange()
    usage.add(before.volume_id, before.stream_id, before.start_ms, _taken(before))
    await usage.apply(session)
    return True


async def end_run(session: AsyncSession, run_id: UUID, end_ms: int, reason: str, detail: str) -> None:
    """Says when and why a run ended."""
    values = {"end_ms": end_ms, "end_reason": reason, "end_detail": detail}
    await session.execute(update(RunRow).where(RunRow.id == run_id).values(values))


async def widen_run(session: AsyncSession, run_id: UUID, engine: str, start_ms: int) -> None:
    """A run of which only files are known (`engine` says so) spans what was found of it."""
    segments = select(func.max(SegmentRow.end_ms)).where(
        SegmentRow.run_id == run_id, SegmentRow.stream_id == RunRow.stream_id, SegmentRow.start_ms >= start_ms
    )
    of_run = update(RunRow).where(RunRow.id == run_id, RunRow.engine == engine)
    await session.execute(of_run.where(RunRow.start_ms > start_ms).values(start_ms=start_ms))
    end_ms = segments.correlate(RunRow).scalar_subquery()
    await session.execute(of_run.where(RunRow.end_ms < end_ms).values(end_ms=end_ms))


async def store_groups(session: AsyncSession, packed: Mapping[UUID, bytes]) -> None:
    """Stores or replaces the packed groups of segments."""
    if not packed:
        return
    statement = upsert(session, SegmentIndexRow)
    statement = statement.on_conflict_do_update(
        index_elements=[SegmentIndexRow.segment_id], set_={"groups": statement.excluded.groups}
    )
    await session.execute(statement, [{"segment_id": key, "groups": groups} for key, groups in packed.items()])


async def open_gap(session: AsyncSession, stream_id: int, gap: Gap, at_ms: int) -> bool:
    """Begins a gap that lasts. One that lasts already ends where this begins; with the same cause it goes on instead.

    Returns whether anything changed. An event goes out when it did.
    """
    lasting = await _lasting_gap(session, stream_id)
    if lasting is not None:
        if lasting.cause == gap.cause:
            return False
        await _end_gap(session, lasting, gap.start_ms, at_ms)
    session.add(GapRow(stream_id=stream_id, start_ms=gap.start_ms, end_ms=None, cause=gap.cause, detail=gap.detail))
    await _tell_gap(session, stream_id, gap, at_ms)
    return True


async def add_ended_gap(session: AsyncSession, stream_id: int, gap: Gap, at_ms: int) -> None:
    """Adds a gap that is over."""
    await add_ended_gaps(session, [(stream_id, gap)], at_ms)


async def add_ended_gaps(session: AsyncSession, gaps: Sequence[tuple[int, Gap]], at_ms: int) -> None:
    """Adds gaps that are over, each with its stream."""
    if not gaps:
        return
    streams = await session.scalars(select(StreamRow).where(StreamRow.id.in_({key for key, _ in gaps})))
    by_key = {stream.id: stream for stream in streams}
    for stream_id, gap in gaps:
        session.add(
            GapRow(stream_id=stream_id, start_ms=gap.start_ms, end_ms=gap.end_ms, cause=gap.cause, detail=gap.detail)
        )
        _tell(session, by_key[stream_id], gap, at_ms)


async def close_gap(session: AsyncSession, stream_id: int, end_ms: int, at_ms: int) -> bool:
    """Ends the gap of a stream that lasts, if there is one."""
    lasting = await _lasting_gap(session, stream_id)
    if lasting is None:
        return False
    await _end_gap(session, lasting, end_ms, at_ms)
    return True


async def _lasting_gap(session: AsyncSession, stream_id: int) -> GapRow | None:
    statement = select(GapRow).where(GapRow.stream_id == stream_id, GapRow.end_ms.is_(None)).with_for_update()
    return await session.scalar(statement)


async def _end_gap(session: AsyncSession, row: GapRow, end_ms: int, at_ms: int) -> None:
    if end_ms <= row.start_ms:
        await session.delete(row)
        end_ms = row.start_ms
    else:
        row.end_ms = end_ms
    await session.flush()
    await _tell_gap(session, row.stream_id, Gap(row.start_ms, end_ms, GapCause(row.cause), row.detail), at_ms)


async def _tell_gap(session: AsyncSession, stream_id: int, gap: Gap, at_ms: int) -> None:
    _tell(session, await session.get_one(StreamRow, stream_id), gap, at_ms)


def _tell(session: AsyncSession, stream: StreamRow, gap: Gap, at_ms: int) -> None:
    payload = {
        "camera_id": str(stream.camera_id),
        "stream": stream.kind,
        "start_ms": gap.start_ms,
        "end_ms": gap.end_ms,
        "cause": gap.cause,
        "detail": gap.detail,
    }
    outbox.emit(session, at_ms, "gap", payload)


async def store_health(session: AsyncSession, samples: Iterable[HealthSample]) -> None:
    """Stores or replaces minutes of health."""
    values = [asdict(sample) for sample in samples]
    if not values:
        return
    statement = upsert(session, HealthRow)
    columns = {name: statement.excluded[name] for name in values[0] if name not in ("stream_id", "minute")}
    statement = statement.on_conflict_do_update(index_elements=[HealthRow.stream_id, HealthRow.minute], set_=columns)
    await session.execute(statement, values)
