"""Since when a stream has been in the state that a new recorder finds it in, on both databases."""

from uuid import UUID, uuid4

import pytest

from tests.support.footage import HOUR, T0, add_stream
from vedette.core.clock import ManualClock
from vedette.db.session import Database
from vedette.recordings import ledger
from vedette.recordings.model import Gap, GapCause
from vedette.recordings.recovery import recover
from vedette.recordings.standing import LastingGap, LastRun, Standing, read_standing
from vedette.recordings.tables import RunRow

OFFLINE = LastingGap(T0 + 5, "camera_offline", "No answer.")
NO_DISK = LastingGap(T0 + 6, "no_disk", "Full.")
OFF = LastingGap(T0 + 7, "stopped", "The camera is switched off.")
BROKE = LastRun(T0, "timeout", "No answer.")
STOPPED = LastRun(T0, "stopped", "The recorder was stopped.")
KILLED = LastRun(T0, "internal", "The recorder was killed, or the machine went down.")


@pytest.mark.parametrize(
    ("before", "now", "since"),
    [
        # A camera that broke off before the recorder ended has been away since then, whatever it is said to be now.
        (Standing(BROKE, OFFLINE), ("waiting", "refused", "x"), T0),
        (Standing(BROKE, OFFLINE), ("connecting", "", ""), T0),
        # Also one that is not recorded: its gap says something else.
        (Standing(BROKE, OFF), ("waiting", "timeout", "x"), T0),
        # It was well until the recorder ended.
        (Standing(STOPPED), ("connecting", "", ""), None),
        (Standing(KILLED, LastingGap(T0, "lost", "x")), ("waiting", "timeout", "x"), None),
        (Standing(STOPPED, LastingGap(T0, "stopped", "The recorder was stopped.")), ("waiting", "timeout", "x"), None),
        # It broke off after that, or never was connected.
        (Standing(STOPPED, OFFLINE), ("waiting", "timeout", "x"), T0 + 5),
        (Standing(None, OFFLINE), ("connecting", "", ""), T0 + 5),
        (Standing(), ("connecting", "", ""), None),
        # A connection is a new one.
        (Standing(BROKE, OFFLINE), ("recording", "", ""), None),
        (Standing(STOPPED, OFF), ("live", "stopped", "The camera is switched off."), None),
        # The volume was away before, for the same reason or for another.
        (Standing(STOPPED, NO_DISK), ("blocked", "no_disk", "Not there."), T0 + 6),
        (Standing(STOPPED, NO_DISK), ("blocked", "write_failure", "x"), None),
        # It was switched off before, or something else stopped it.
        (Standing(STOPPED, OFF), ("stopped", "stopped", "The camera is switched off."), T0 + 7),
        (Standing(STOPPED, LastingGap(T0, "stopped", "By hand.")), ("stopped", "stopped", "Switched off."), None),
    ],
)
def test_since(before: Standing, now: tuple[str, str, str], since: int | None) -> None:
    assert before.since_ms(*now) == since


async def add_run(database: Database, stream_id: int, start_ms: int, end_ms: int | None, reason: str | None) -> UUID:
    run = RunRow(id=uuid4(), stream_id=stream_id, node="n", engine="native", start_ms=start_ms, end_ms=end_ms,
                 end_reason=reason, end_detail="x" if reason else None)  # fmt: skip
    async with database.write() as session:
        session.add(run)
    return run.id


@pytest.mark.anyio
async def test_the_newest_run_and_the_gap_that_lasts_are_read(database: Database) -> None:
    stream, other, never = [await add_stream(database, slug) for slug in ("gate", "yard", "new")]
    await add_run(database, stream, T0, T0 + HOUR, "closed")
    await add_run(database, stream, T0 + 2 * HOUR, T0 + 3 * HOUR, "timeout")
    await add_run(database, other, T0 + 9 * HOUR, T0 + 10 * HOUR, "stopped")
    async with database.write() as session:
        await ledger.add_ended_gap(session, stream, Gap(T0 - HOUR, T0, GapCause.NO_DISK, "x"), T0)
        await ledger.open_gap(session, stream, Gap(T0 + 3 * HOUR, None, GapCause.NETWORK, "No answer."), T0)
    async with database.read() as session:
        gap = LastingGap(T0 + 3 * HOUR, "network", "No answer.")
        assert await read_standing(session, stream) == Standing(LastRun(T0 + 3 * HOUR, "timeout", "x"), gap)
        assert await read_standing(session, other) == Standing(LastRun(T0 + 10 * HOUR, "stopped", "x"), None)
        assert await read_standing(session, never) == Standing(None, None)


@pytest.mark.anyio
async def test_a_run_that_a_kill_cut_short_was_not_broken_by_the_camera(database: Database) -> None:
    stream = await add_stream(database)
    await add_run(database, stream, T0, None, None)
    await recover(database, ManualClock(T0 + HOUR), [stream], {})
    async with database.read() as session:
        before = await read_standing(session, stream)
    assert before.run is not None
    assert not before.run.broke
    assert before.since_ms("waiting", "timeout", "No answer.") is None
