"""The views that go on, in the database: what the end of a view needs when another process has to tell it.

All of it happens after `log.take_turn`, so that processes that serve one viewer follow each other. The table is no part
of the log; it is empty when nobody watches.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.principal import CallerKind, Media, MediaKind, Principal
from vedette.audit.log import Entry, Happened
from vedette.audit.spans import Span, bounded, length, union
from vedette.audit.tables import OpenViewRow
from vedette.core.ids import uuid7
from vedette.http.instants import format_instant

# Spans of one view that are kept; with more, the smallest holes between them are closed.
MOST_SPANS = 50
# Between the pictures of two files may be some milliseconds of rounding; a second unseen is no gap for people.
APART_MS = 1_000
LOST = "The server stopped while this view went on: it ended at this time or later."


@dataclass(frozen=True, slots=True)
class Seen:
    """What is watched."""

    camera_id: UUID
    camera_name: str
    stream: str


@dataclass(slots=True)
class View:
    """One that goes on in this process. `key` is the same in all processes that serve it. `spans` are the footage that
    is known to have been fetched, `fetched` the bytes of files that are still to be looked up."""

    key: str
    action: str  # `live` or `playback`
    caller: Principal
    seen: Seen
    start_ms: int
    last_ms: int
    asked: dict[str, Any] | None = None
    view_id: str = field(default_factory=lambda: str(uuid7()))
    spans: list[Span] = field(default_factory=list)
    fetched: dict[UUID, list[Span]] = field(default_factory=dict)
    begun: bool = False  # its beginning is written
    stored_ms: int = -1  # `last_ms` as its row has it

    @property
    def changed(self) -> bool:
        """Whether something came that its row does not have."""
        return bool(self.fetched) or self.last_ms != self.stored_ms

    def saw(self, spans: Sequence[Span]) -> None:
        """Adds footage."""
        self.spans = merged(self.spans, spans)


def merged(known: Sequence[Span], more: Sequence[Span]) -> list[Span]:
    """The footage of both."""
    return bounded(union([*known, *more], apart=APART_MS), MOST_SPANS)


async def begin(session: AsyncSession, view: View, owner: str, now_ms: int) -> Happened | None:
    """Stores that it goes on. The entry of its beginning; None where another process serves this viewer already: then
    both are one view."""
    row = await session.get(OpenViewRow, view.key)
    if row is not None:
        view.view_id, view.start_ms = row.view_id, min(view.start_ms, row.start_ms)
        _touch(row, view, owner, now_ms)
        return None
    session.add(_row(view, owner, now_ms))
    return Happened(view.start_ms, view.caller, started(view))


async def keep(session: AsyncSession, views: Sequence[View], owner: str, now_ms: int) -> None:
    """They still go on: what they saw since is stored."""
    for some in _pieces([view.key for view in views]):
        told = update(OpenViewRow).where(OpenViewRow.key.in_(some)).values(touched_ms=now_ms)
        await session.execute(told.execution_options(synchronize_session=False))
    rows: dict[str, OpenViewRow] = {}
    for some in _pieces([view.key for view in views if view.changed or view.action == "live"]):
        found = await session.scalars(select(OpenViewRow).where(OpenViewRow.key.in_(some)))
        rows.update((row.key, row) for row in found)
    for view in views:
        row = rows.get(view.key)
        if row is None and (view.changed or view.action == "live"):
            # Taken for dead while this process could not reach the database: its end is told again, and right.
            session.add(_row(view, owner, now_ms))
        elif row is not None and view.changed:
            _touch(row, view, owner, now_ms)
    await session.flush()


async def end(session: AsyncSession, view: View, owner: str, *, silent_ms: int | None) -> Happened | None:
    """The entry of its end. None where another process still serves the viewer, who has not been silent since
    `silent_ms`, or has told the end already. `silent_ms` None: this process stops, and what it has taken on ends."""
    row = await session.get(OpenViewRow, view.key)
    if row is None and view.action != "live":
        return None
    if row is not None:
        view.saw(_spans(row))
        if row.owner != owner if silent_ms is None else row.last_ms > silent_ms:
            row.last_ms, row.spans = max(row.last_ms, view.last_ms), {"seen": view.spans}
            return None
        view.start_ms, view.last_ms = min(row.start_ms, view.start_ms), max(row.last_ms, view.last_ms)
        await session.delete(row)
    return Happened(view.last_ms, view.caller, ended(view))


async def end_lost(session: AsyncSession, owner: str, before_ms: int | None) -> list[Happened]:
    """The ends of views of other processes that said nothing since `before_ms` (None: of all). When exactly they ended
    nobody knows: the entries say so, and stand at the last time that is known."""
    lost = OpenViewRow.owner != owner
    if before_ms is not None:
        lost = and_(lost, OpenViewRow.touched_ms < before_ms)
    found = []
    for row in list(await session.scalars(select(OpenViewRow).where(lost).order_by(OpenViewRow.start_ms))):
        view = _view(row)
        if view.action == "live":
            view.last_ms = max(view.start_ms, row.touched_ms)
        found.append(Happened(view.last_ms, view.caller, ended(view, exact=False)))
        await session.delete(row)
    await session.flush()
    return found


def started(view: View) -> Entry:
    """The entry of a beginning. `asked` is the span that a playlist was made for."""
    more = {"asked": view.asked} if view.asked else {}
    return _entry(view, "view", {**more, "view": view.view_id})


def ended(view: View, *, exact: bool = True) -> Entry:
    """The entry of an end: how long it was, and of playback which footage was fetched."""
    seconds = max(0, round((view.last_ms - view.start_ms) / 1000))
    after: dict[str, Any] = {"start": format_instant(view.start_ms), "seconds": seconds}
    if view.action == "playback":
        after["footage_seconds"] = round(length(view.spans) / 1000)
        after["spans"] = [
            {"from": format_instant(from_ms), "to": format_instant(to_ms)} for from_ms, to_ms in view.spans
        ]
    if not exact:
        after["exact"] = False
    return _entry(view, "end", {**after, "view": view.view_id}, "" if exact else LOST)


def _entry(view: View, what: str, after: dict[str, Any], detail: str = "") -> Entry:
    return Entry(
        f"{view.action}.{what}",
        object_kind="camera",
        object_id=str(view.seen.camera_id),
        object_name=view.seen.camera_name,
        camera_id=view.seen.camera_id,
        after={"stream": view.seen.stream, **after},
        detail=detail,
    )


def _row(view: View, owner: str, now_ms: int) -> OpenViewRow:
    return OpenViewRow(
        key=view.key,
        view_id=view.view_id,
        owner=owner,
        touched_ms=now_ms,
        start_ms=view.start_ms,
        last_ms=view.last_ms,
        action=view.action,
        caller=_told(view.caller),
        camera_id=view.seen.camera_id,
        camera_name=view.seen.camera_name,
        stream=view.seen.stream,
        spans={"seen": view.spans},
    )


def _touch(row: OpenViewRow, view: View, owner: str, now_ms: int) -> None:
    view.saw(_spans(row))
    row.owner, row.touched_ms = owner, now_ms
    row.last_ms = max(row.last_ms, view.last_ms)
    row.spans = {"seen": view.spans}


def _view(row: OpenViewRow) -> View:
    seen = Seen(row.camera_id, row.camera_name, row.stream)
    return View(
        row.key,
        row.action,
        _caller(row.caller),
        seen,
        row.start_ms,
        row.last_ms,
        view_id=row.view_id,
        spans=_spans(row),
    )


def _spans(row: OpenViewRow) -> list[Span]:
    return [(start, end) for start, end in row.spans["seen"]]


def _told(caller: Principal) -> dict[str, Any]:
    """What entries say of a caller."""
    return {
        "kind": caller.kind.value,
        "name": caller.name,
        "user_id": _text(caller.user_id),
        "token_id": _text(caller.token_id),
        "token_name": caller.token_name,
        "share_id": _text(caller.share_id),
        "ticket": caller.media.kind.value if caller.media else None,
        "address": caller.address,
    }


def _caller(told: dict[str, Any]) -> Principal:
    ticket = told["ticket"]
    return Principal(
        CallerKind(told["kind"]),
        told["name"],
        _uuid(told["user_id"]),
        token_id=_uuid(told["token_id"]),
        address=told["address"],
        media=Media(MediaKind(ticket)) if ticket else None,
        share_id=_uuid(told["share_id"]),
        token_name=told["token_name"],
    )


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def _uuid(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)


def _pieces(keys: Sequence[str], many: int = 500) -> list[Collection[str]]:
    return [keys[index : index + many] for index in range(0, len(keys), many)]
