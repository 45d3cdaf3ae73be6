"""The chain of the audit log on both databases: what goes in has the same hash outside, what was touched is found."""

import asyncio
import hashlib
import math
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from vedette.access.principal import SYSTEM, CallerKind, Principal
from vedette.audit.chain import Flaw, Verdict, verify
from vedette.audit.log import FIRST_HASH, TOLD, Entry, Happened, digest, record, record_all
from vedette.audit.tables import AuditRow
from vedette.core.errors import VedetteError
from vedette.db.session import Database

pytestmark = pytest.mark.anyio

ANNA = Principal(CallerKind.TOKEN, "Anna", uuid4(), token_id=uuid4(), address="2001:db8::7")


async def write(database: Database, *entries: Entry) -> None:
    for number, entry in enumerate(entries):
        async with database.write() as session:
            await record(session, 1_700_000_000_000 + number, ANNA, entry)


async def look(database: Database, known: str | None = None) -> Verdict:
    async with database.read() as session:
        return await verify(session, known)


async def test_whatever_is_recorded_has_the_same_hash_when_it_is_read(database: Database) -> None:
    strange: dict[Any, Any] = {
        "floats": [0.1, 1.0, -0.0, 1e16, 1e-9, 1e300, math.nan, math.inf],
        "z": {"b": None, "a": True, "ä": "ü\U0001f600 \" \\ '"},
        "big": 2**70,
        "nul": "a\x00b\ud800",
        "uuid": uuid4(),
        "path": Path("/x"),
        1: (1, {2}),
        "empty": {},
    }
    await write(
        database,
        Entry("camera.edit", before=None, after=strange, camera_id=uuid4()),
        Entry("camera.edit", before={}, after=None, object_name="\x00\udcff", detail="x" * 5000),
        Entry("auth.login", "failed", object_id="'; DROP TABLE audit; --"),
    )
    verdict = await look(database)
    assert (verdict.entries, verdict.problem) == (3, None)
    async with database.read() as session:
        rows = list(await session.scalars(select(AuditRow).order_by(AuditRow.id)))
        nulls = await session.scalar(text("SELECT count(*) FROM audit WHERE before IS NULL"))
    assert nulls == 2
    assert rows[0].previous_hash == FIRST_HASH
    assert verdict.hash == rows[-1].hash
    assert rows[0].after is not None
    assert rows[0].after["floats"] == [0.1, 1.0, -0.0, 1e16, 1e-9, 1e300, None, None]
    assert rows[0].after["nul"] == "a\N{REPLACEMENT CHARACTER}b?"
    assert (rows[0].actor_name, rows[0].address, rows[0].actor_id) == ("Anna", "2001:db8::7", str(ANNA.user_id))


async def test_an_entry_goes_with_its_transaction(database: Database) -> None:
    async def fail() -> None:
        async with database.write() as session:
            await record(session, 1, SYSTEM, Entry("camera.delete"))
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert await look(database) == Verdict(0, FIRST_HASH)
    await write(database, Entry("camera.create"))
    assert (await look(database)).entries == 1


async def test_many_entries_over_several_batches(database: Database) -> None:
    async with database.write() as session:
        await record_all(session, [Happened(n, SYSTEM, Entry("live.view", after={"n": n})) for n in range(1203)])
    await write(database, Entry("camera.create"))
    verdict = await look(database)
    assert (verdict.entries, verdict.problem) == (1204, None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET detail = 'x'",
        "DELETE FROM audit",
        "UPDATE audit_head SET entries = 0",
        "UPDATE audit_head SET hash = 'x'",
        "DELETE FROM audit_head",
    ],
)
async def test_the_database_refuses_to_change_what_was_written(database: Database, statement: str) -> None:
    await write(database, Entry("camera.create"))
    with pytest.raises(DBAPIError, match="append-only"):
        async with database.write() as session:
            await session.execute(text(statement))
    assert (await look(database)).problem is None


async def tamper(database: Database, *statements: str) -> None:
    """As somebody who may do anything with the database: the triggers are taken off first."""
    drops = {
        "sqlite": ["audit_no_update", "audit_no_delete", "audit_head_forward", "audit_head_no_delete"],
        "postgresql": [
            "audit_no_change ON audit",
            "audit_head_forward ON audit_head",
            "audit_head_no_delete ON audit_head",
        ],
    }[database.dialect]
    async with database.write() as session:
        for statement in (*(f"DROP TRIGGER {name}" for name in drops), *statements):
            await session.execute(text(statement))


@pytest.mark.parametrize(
    ("statements", "problem", "row"),
    [
        (["UPDATE audit SET actor_name = 'Bob' WHERE id = 3"], Flaw.ALTERED, 3),
        (["UPDATE audit SET at_ms = at_ms + 1 WHERE id = 1"], Flaw.ALTERED, 1),
        (["""UPDATE audit SET after = '{"n": 3.0}' WHERE id = 2"""], Flaw.ALTERED, 2),
        (["UPDATE audit SET before = '{}' WHERE id = 2"], Flaw.ALTERED, 2),
        (["DELETE FROM audit WHERE id = 2"], Flaw.MISSING, 3),
        (["DELETE FROM audit WHERE id = 1"], Flaw.MISSING, 2),
        (["UPDATE audit SET hash = 'x' WHERE id = 5"], Flaw.ALTERED, 5),
        (
            ["UPDATE audit SET id = 9 WHERE id = 2", "UPDATE audit SET id = 2 WHERE id = 3"],
            Flaw.REORDERED,
            2,
        ),
        (["UPDATE audit SET id = 9 WHERE id = 1"], Flaw.REORDERED, 2),
        (["DELETE FROM audit WHERE id >= 4"], Flaw.TRUNCATED, None),
        (["DELETE FROM audit"], Flaw.TRUNCATED, None),
        (["UPDATE audit_head SET entries = 3"], Flaw.UNKNOWN_ROWS, None),
        (["DELETE FROM audit_head"], Flaw.NO_HEAD, None),
    ],
)
async def test_what_was_touched_is_named(
    database: Database, statements: list[str], problem: Flaw, row: int | None
) -> None:
    await write(database, *(Entry("camera.edit", before=None, after={"n": n}) for n in range(1, 6)))
    await tamper(database, *statements)
    verdict = await look(database)
    assert (verdict.problem, verdict.row_id) == (problem, row), verdict
    assert verdict.explanation


async def test_a_hash_that_was_noted_is_still_there_unless_the_log_was_made_anew(database: Database) -> None:
    await write(database, Entry("camera.create"), Entry("camera.edit"))
    noted = (await look(database)).hash
    await write(database, Entry("camera.delete"))
    assert (await look(database, noted)).problem is None
    await tamper(database, "DELETE FROM audit", f"UPDATE audit_head SET entries = 0, hash = '{FIRST_HASH}'")
    await write(database, Entry("camera.create"))
    assert (await look(database)).problem is None
    assert (await look(database, noted)).problem is Flaw.OTHER_HISTORY


async def test_without_its_head_nothing_is_recorded(database: Database) -> None:
    await tamper(database, "DELETE FROM audit_head")
    with pytest.raises(VedetteError) as refused:
        await write(database, Entry("camera.create"))
    assert refused.value.code == "audit.head"


async def test_writers_at_the_same_time_make_one_chain(database: Database) -> None:
    async def one(number: int) -> None:
        async with database.write() as session:
            await record(session, number, SYSTEM, Entry("camera.edit", after={"n": number}))

    await asyncio.gather(*(one(number) for number in range(8)))
    verdict = await look(database)
    assert (verdict.entries, verdict.problem) == (8, None)


def test_entries_from_before_a_column_was_there_keep_their_hash() -> None:
    told: dict[str, Any] = dict.fromkeys(TOLD)
    before = {name: None for name in TOLD if name not in ("token_name", "share_id", "ticket")}
    canonical = orjson.dumps(before, option=orjson.OPT_SORT_KEYS)
    assert digest(FIRST_HASH, told) == hashlib.sha256(FIRST_HASH.encode() + canonical).hexdigest()
    for later in ("token_name", "share_id", "ticket"):
        assert digest(FIRST_HASH, {**told, later: "x"}) != digest(FIRST_HASH, told)
