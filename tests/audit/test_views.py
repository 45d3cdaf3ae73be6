"""Views in the audit log: a beginning and an end each, whoever tells the end."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.principal import CallerKind, Media, MediaKind, Principal
from vedette.audit.chain import verify
from vedette.audit.open_views import LOST, MOST_SPANS
from vedette.audit.tables import AuditRow, OpenViewRow
from vedette.audit.views import CHECKPOINT_S, LOST_MS, SESSION_MS, SILENCE_MS, Seen, ViewLog
from vedette.core.clock import ManualClock
from vedette.db.session import Database
from vedette.http.instants import format_instant

pytestmark = pytest.mark.anyio

ANNA = Principal(CallerKind.SESSION, "Anna", uuid4(), session_id=uuid4(), address="192.0.2.1")
GATE = Seen(uuid4(), "Gate", "main")
FILE = uuid4()
T0 = 1_690_000_000_000


async def ten_bytes_a_second(fetched: Mapping[UUID, Sequence[tuple[int, int]]]) -> list[tuple[int, int]]:
    """A file of footage from T0 on."""
    return [(T0 + start * 100, T0 + end * 100) for ranges in fetched.values() for start, end in ranges]


async def rows(database: Database) -> list[AuditRow]:
    async with database.read() as session:
        assert (await verify(session)).problem is None
        return list(await session.scalars(select(AuditRow).order_by(AuditRow.id)))


async def entries(database: Database, count: int) -> list[AuditRow]:
    """Once there are so many."""
    while len(found := await rows(database)) < count:
        await asyncio.sleep(0.02)
    return found


async def still_open(database: Database) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(OpenViewRow)) or 0


@asynccontextmanager
async def process(database: Database, clock: ManualClock) -> AsyncIterator[ViewLog]:
    """The log of an api process."""
    views = ViewLog(database, clock)
    views.shown = ten_bytes_a_second
    async with views:
        yield views


class Mortal(Database):
    """The database of a process that may be gone: then nothing of it is written any more."""

    def __init__(self, real: Database) -> None:
        self.real, self.engine, self.dialect, self.dead = real, real.engine, real.dialect, False

    @asynccontextmanager
    async def write(self, lock: int | None = None) -> AsyncIterator[AsyncSession]:
        if self.dead:
            raise OSError("this process was killed")
        async with self.real.write(lock) as session:
            yield session


def span(start_s: float, end_s: float) -> dict[str, str]:
    return {"from": format_instant(T0 + round(start_s * 1000)), "to": format_instant(T0 + round(end_s * 1000))}


async def test_a_live_view_has_a_start_and_an_end_that_says_how_long_it_was(database: Database) -> None:
    clock = ManualClock()
    async with ViewLog(database, clock) as views, views.live(ANNA, GATE):
        assert len(await entries(database, 1)) == 1, "at once"
        clock.advance(95.2)
    start, end = await rows(database)
    assert (start.action, start.actor_name, start.address) == ("live.view", "Anna", "192.0.2.1")
    assert start.after is not None
    assert end.after is not None
    assert (start.camera_id, start.object_name, start.after["stream"]) == (GATE.camera_id, "Gate", "main")
    assert (end.action, end.after["seconds"], end.after["start"]) == ("live.end", 95, format_instant(start.at_ms))
    assert end.after["view"] == start.after["view"]
    assert end.at_ms - start.at_ms == 95_200
    assert await still_open(database) == 0


async def test_playback_is_one_view_until_it_is_silent_with_the_footage_that_was_fetched(database: Database) -> None:
    clock = ManualClock()
    ticket = replace(ANNA, kind=CallerKind.TICKET, media=Media(MediaKind.PLAYBACK))
    async with process(database, clock) as views:
        began_ms = clock.now_ms()
        await views.playback(ANNA, GATE, span(0, 600))
        for second in range(0, 300, 10):
            playing = await views.playback(ticket, GATE)  # of the same login
            playing.fetched(FILE, second * 10, second * 10 + 100)
            clock.advance(10)
        playing.fetched(FILE, 5000, 5010)
        ended_ms = clock.now_ms()
        clock.advance(SILENCE_MS / 1000)
        await views.playback(ANNA, GATE)
        start, end, again = await entries(database, 3)
    assert (start.action, start.at_ms, start.after) == (
        "playback.view",
        began_ms,
        {"stream": "main", "asked": span(0, 600), "view": (start.after or {})["view"]},
    )
    assert (end.action, end.at_ms, end.result) == ("playback.end", ended_ms, "ok")
    assert end.after == {
        "stream": "main",
        "start": format_instant(began_ms),
        "seconds": 300,
        "footage_seconds": 301,
        "spans": [span(0, 300), span(500, 501)],
        "view": (start.after or {})["view"],
    }
    assert (again.action, (again.after or {})["view"] != end.after["view"]) == ("playback.view", True)


async def test_others_have_views_of_their_own(database: Database) -> None:
    callers = [
        ANNA,
        replace(ANNA, address="192.0.2.2"),
        replace(ANNA, session_id=uuid4()),
        replace(ANNA, user_id=uuid4()),
        replace(ANNA, kind=CallerKind.TOKEN, session_id=None, token_id=uuid4(), token_name="panel"),
        replace(ANNA, kind=CallerKind.SHARE, session_id=None, share_id=uuid4(), media=Media(MediaKind.PLAYBACK)),
    ]
    async with process(database, ManualClock()) as views:
        for _ in range(3):
            for caller in callers:
                await views.playback(caller, GATE)
            await views.playback(ANNA, replace(GATE, stream="sub"))
            await views.playback(ANNA, replace(GATE, camera_id=uuid4()) if _ == 0 else GATE)
    found = await rows(database)
    assert sorted(row.action for row in found) == ["playback.end"] * 8 + ["playback.view"] * 8
    by_token = [row for row in found if row.token_id is not None]
    assert {(row.token_id, row.token_name) for row in by_token} == {(str(callers[4].token_id), "panel")}
    by_share = [row for row in found if row.share_id is not None]
    assert {(row.share_id, row.ticket) for row in by_share} == {(str(callers[5].share_id), "playback")}


async def test_stills_and_downloads_are_one_in_an_hour(database: Database) -> None:
    clock = ManualClock()
    recording = uuid4()
    async with ViewLog(database, clock) as views:
        for _ in range(50):
            await views.once(ANNA, "snapshot.view", GATE, what="then")
            clock.advance(60)
        assert SESSION_MS == 60 * 60_000
        clock.advance(10 * 60)
        await views.once(ANNA, "snapshot.view", GATE)
        for _ in range(2):
            await views.once(ANNA, "recording.download", GATE, recording=recording)
        await views.once(ANNA, "recording.download", GATE, recording=uuid4())
    found = await rows(database)
    assert [row.action for row in found] == ["snapshot.view"] * 2 + ["recording.download"] * 2
    assert (found[0].detail, found[1].detail) == ("then", "")
    assert found[2].after == {"stream": "main", "recording": str(recording)}


async def test_a_stop_ends_what_is_open_with_its_footage(database: Database) -> None:
    async with process(database, ManualClock()) as views:
        opened = [views.live(ANNA, replace(GATE, camera_id=uuid4())) for _ in range(3)]
        for view in opened:
            await view.__aenter__()
        (await views.playback(ANNA, GATE)).fetched(FILE, 0, 50)
    for view in opened:
        await view.__aexit__(None, None, None)  # sockets that end after the stop add nothing
    found = await rows(database)
    assert sorted(row.action for row in found) == ["live.end"] * 3 + ["live.view"] * 3 + [
        "playback.end",
        "playback.view",
    ]
    (end,) = [row for row in found if row.action == "playback.end"]
    assert (end.after or {})["spans"] == [span(0, 5)]
    assert await still_open(database) == 0


async def test_after_a_crash_open_views_are_ended_and_it_is_said_that_nobody_knows_when(database: Database) -> None:
    clock = ManualClock()
    mortal = Mortal(database)
    async with process(mortal, clock) as views, views.live(ANNA, GATE):
        playing = await views.playback(ANNA, GATE)
        playing.fetched(FILE, 0, 100)
        clock.advance(CHECKPOINT_S)
        playing.fetched(FILE, 100, 200)
        kept_ms = clock.now_ms()
        await views.flush()
        clock.advance(5)
        playing.fetched(FILE, 200, 300)  # is lost
        mortal.dead = True
        clock.advance(LOST_MS / 1000 + 1)
        async with process(database, clock) as following:
            found = await entries(database, 4)
            await following.playback(ANNA, GATE)
    ends = {row.action: row for row in found[2:]}
    for end in ends.values():
        assert (end.at_ms, end.detail, (end.after or {})["exact"]) == (kept_ms, LOST, False)
        assert (end.after or {})["seconds"] == CHECKPOINT_S
    assert (ends["playback.end"].after or {})["spans"] == [span(0, 20)]
    assert [row.action for row in (await rows(database))[4:]] == ["playback.view", "playback.end"]
    assert await still_open(database) == 0


async def test_two_processes_that_serve_one_viewer_tell_of_one_view(database: Database) -> None:
    if database.dialect == "sqlite":
        pytest.skip("SQLite has one api process")
    clock = ManualClock()
    async with process(database, clock) as one, process(database, clock) as two:
        for second in range(0, 200, 10):
            views = (one, two)[second // 10 % 2]
            (await views.playback(ANNA, GATE)).fetched(FILE, second * 10, second * 10 + 100)
            clock.advance(10)
            if second % 40 == 0:
                await one.flush()
                await two.flush()
        ended_ms = clock.now_ms() - 10_000
        clock.advance(SILENCE_MS / 1000 - 15)
        await two.flush()
        await one.flush()  # was asked ten seconds longer ago: is done with it, and the view is not
        await one.flush()
        assert len(await rows(database)) == 1
        clock.advance(10)
        await two.flush()
        await two.flush()
        start, end = await entries(database, 2)
    assert (start.action, end.action, end.at_ms) == ("playback.view", "playback.end", ended_ms)
    assert (end.after or {})["spans"] == [span(0, 200)]
    assert len(await rows(database)) == 2


async def test_a_process_that_goes_leaves_the_view_to_the_other_one(database: Database) -> None:
    if database.dialect == "sqlite":
        pytest.skip("SQLite has one api process")
    clock = ManualClock()
    async with process(database, clock) as one:
        async with process(database, clock) as two:
            (await two.playback(ANNA, GATE)).fetched(FILE, 0, 100)
            clock.advance(1)
            (await one.playback(ANNA, GATE)).fetched(FILE, 100, 200)
        assert [row.action for row in await rows(database)] == ["playback.view"]
        clock.advance(SILENCE_MS / 1000)
        await one.flush()
        await one.flush()
        _, end = await entries(database, 2)
    assert (end.after or {})["spans"] == [span(0, 20)]


async def test_spans_stay_few_however_somebody_jumps(database: Database) -> None:
    async with process(database, ManualClock()) as views:
        playing = await views.playback(ANNA, GATE)
        for number in range(2000):
            playing.fetched(FILE if number % 2 else uuid4(), number * 100, number * 100 + 10)
    end = (await rows(database))[-1]
    spans: list[Any] = (end.after or {})["spans"]
    assert 1 < len(spans) <= MOST_SPANS
    assert spans[0]["from"] == format_instant(T0)


async def test_more_than_the_queue_holds_waits_and_is_written(database: Database) -> None:
    async with ViewLog(database, ManualClock()) as views:
        await asyncio.gather(*(views.once(ANNA, "snapshot.view", Seen(uuid4(), str(n), "main")) for n in range(2500)))
    assert len(await rows(database)) == 2500


async def test_a_database_that_fails_for_a_while_loses_nothing_and_stops_nobody(database: Database) -> None:
    async with database.write() as session:
        await session.execute(text("ALTER TABLE audit RENAME TO away"))
    async with process(database, ManualClock()) as views:
        (await views.playback(ANNA, GATE)).fetched(FILE, 0, 10)
        await views.once(ANNA, "snapshot.view", GATE)
        async with database.write() as session:
            await session.execute(text("ALTER TABLE away RENAME TO audit"))
    assert [row.action for row in await rows(database)] == ["playback.view", "snapshot.view", "playback.end"]
