"""Who callers are, and what they were granted, out of rows on both databases."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, update
from starlette.requests import HTTPConnection

from tests.support.footage import T0, add_stream, camera_of
from tests.support.people import HEADER, add_user, add_zone, grant
from tests.support.running import StillClock
from vedette.access.permissions import ADMIN, VIEWER, Permission
from vedette.access.principal import CallerKind
from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.identity import built_in, grants
from vedette.identity.authority import FRESH_S, AccessAuthority, Credential
from vedette.identity.hours import hours_of
from vedette.identity.tables import (
    GrantRow,
    GroupMemberRow,
    GroupRow,
    RolePermissionRow,
    RoleRow,
    UserRow,
)
from vedette.identity.tables_logins import SessionRow

pytestmark = pytest.mark.anyio


def request(user_id: UUID | None = None, host: str = "127.0.0.1") -> HTTPConnection:
    headers = [(HEADER.lower().encode(), str(user_id).encode())] if user_id else []
    return HTTPConnection({"type": "http", "headers": headers, "client": (host, 4000)})


async def by_header(connection: HTTPConnection) -> Credential | None:
    user_id = connection.headers.get(HEADER)
    return Credential(CallerKind.SESSION, UUID(user_id)) if user_id else None


def authority(database: Database, clock: StillClock) -> AccessAuthority:
    return AccessAuthority(database, clock, [by_header])


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "192.0.2.7"])
async def test_without_accounts_everybody_hears_that_set_up_comes_first(database: Database, host: str) -> None:
    with pytest.raises(VedetteError) as refused:
        await authority(database, StillClock(T0)).principal(request(host=host))
    assert (refused.value.kind, refused.value.code) == (ErrorKind.UNAUTHENTICATED, "auth.setup_needed")


async def test_the_first_account_ends_that(database: Database) -> None:
    clock = StillClock(T0)
    who = authority(database, clock)
    with pytest.raises(VedetteError):
        await who.principal(request())
    user_id = await add_user(database, "ann")
    await grant(database, user_id, "admin")
    assert (await who.principal(request(user_id))).kind is CallerKind.SESSION, "at once"
    clock.advance(FRESH_S)
    assert (await who.principal(request())).kind is CallerKind.NOBODY
    async with database.write() as session:
        await session.execute(update(UserRow).values(disabled_ms=T0))
    assert (await authority(database, clock).principal(request())).kind is CallerKind.NOBODY, "disabled is no first run"
    async with database.write() as session:
        await session.execute(delete(UserRow).where(UserRow.id == user_id))
    clock.advance(FRESH_S)
    assert (await who.principal(request())).kind is CallerKind.NOBODY, "once there are accounts it stays so"


async def test_a_caller_is_who_the_session_says(database: Database) -> None:
    clock = StillClock(T0)
    who = authority(database, clock)
    user_id = await add_user(database, "ann", display_name="Ann")
    await grant(database, user_id, "admin")
    caller = await who.principal(request(user_id, "2001:db8::7"))
    assert (caller.kind, caller.name, caller.user_id) == (CallerKind.SESSION, "ann", user_id)
    assert caller.address == "2001:db8::7"
    assert caller.permissions(T0) == ADMIN
    stranger = await who.principal(request(uuid4()))
    assert (stranger.kind, stranger.grants) == (CallerKind.NOBODY, ())
    async with database.write() as session:
        await session.execute(update(UserRow).values(disabled_ms=T0))
    who.forget()
    assert (await who.principal(request(user_id))).kind is CallerKind.NOBODY


async def test_an_open_socket_ends_with_its_session(database: Database) -> None:
    clock = StillClock(T0)
    user_id = await add_user(database, "ann")
    async with database.write() as session:
        row = SessionRow(
            id=uuid7(),
            user_id=user_id,
            method="password",
            refresh_hash="x",
            rotated_ms=T0,
            address="",
            user_agent="",
            created_ms=T0,
            last_seen_ms=T0,
            expires_ms=T0 + 60_000,
        )
        session.add(row)

    async def in_session(_connection: HTTPConnection) -> Credential:
        return Credential(CallerKind.SESSION, user_id, row.id)

    who = AccessAuthority(database, clock, [in_session])
    caller = await who.principal(request())
    assert (await who.renewed(caller)).kind is CallerKind.SESSION
    async with database.write() as session:
        await session.execute(update(SessionRow).values(revoked_ms=T0))
    clock.advance(FRESH_S)
    assert (await who.renewed(caller)).kind is CallerKind.NOBODY
    async with database.write() as session:
        await session.execute(update(SessionRow).values(revoked_ms=None))
    clock.advance(60)
    assert (await who.renewed(caller)).kind is CallerKind.NOBODY, "expired"


async def test_grants_of_groups_zones_and_custom_roles(database: Database) -> None:
    gate = await camera_of(database, await add_stream(database, "gate"))
    yard = await camera_of(database, await add_stream(database, "yard"))
    user_id = await add_user(database, "ann")
    other = await add_user(database, "bob")
    zone = await add_zone(database, "Front", [gate])
    empty = await add_zone(database, "Empty", [])
    await grant(database, user_id, "viewer", zone_id=zone)
    await grant(database, user_id, "viewer", zone_id=empty)
    await grant(database, other, "admin")
    async with database.write() as session:
        group = GroupRow(id=uuid7(), name="Guards", created_ms=T0)
        role = RoleRow(id=uuid7(), name="steerer", created_ms=T0)
        session.add_all((group, role))
        await session.flush()
        session.add(GroupMemberRow(group_id=group.id, user_id=user_id))
        for name in ("ptz.control", "no.such.permission"):
            session.add(RolePermissionRow(role_id=role.id, permission=name))
        session.add(GrantRow(id=uuid7(), group_id=group.id, role_id=role.id, camera_id=yard, created_ms=T0))
    async with database.read() as session:
        account = await grants.load(session, user_id)
    assert account is not None
    found = {(grant.permissions, grant.cameras) for grant in account.grants}
    assert found == {
        (VIEWER, frozenset({gate})),
        (VIEWER, frozenset()),
        (frozenset({Permission.PTZ_CONTROL}), frozenset({yard})),
    }


async def test_a_grant_whose_hours_cannot_be_read_grants_nothing(sqlite_database: Database) -> None:
    user_id = await add_user(sqlite_database, "ann")
    week: list[list[list[str]]] = [[["00:00", "24:00"]]] * 7
    for hours in ({"timezone": "Nowhere/At_All", "week": week}, {"timezone": "UTC", "week": []}, {"week": week}):
        await grant(sqlite_database, user_id, "admin", hours=hours)
    async with sqlite_database.read() as session:
        account = await grants.load(session, user_id)
    assert account is not None
    assert account.grants == ()


def test_hours_go_on_into_the_next_day() -> None:
    week: list[list[list[str]]] = [[], [["22:00", "06:00"]], [], [], [], [], [["12:00", "24:00"], ["23:00", "01:00"]]]
    read = hours_of({"timezone": "UTC", "week": week})
    assert read.week[1] == ((22 * 60, 1440),)
    assert read.week[2] == ((0, 6 * 60),)
    assert read.week[0] == ((0, 60),)
    assert read.hold(T0)  # Tuesday 22:13
    assert read.hold(T0 + 7 * 3_600_000)
    assert not read.hold(T0 + 8 * 3_600_000)


async def test_cameras_are_known_by_id_and_slug_also_removed_ones(database: Database) -> None:
    gate = await camera_of(database, await add_stream(database, "gate"))
    old = await camera_of(database, await add_stream(database, "old", deleted_ms=T0))
    who = authority(database, StillClock(T0))
    assert [await who.camera_id(key) for key in ("gate", str(gate), "old", str(old))] == [gate, gate, old, old]
    for key in ("", "nothing", str(uuid4()), "a\x00b", "\ud800", "x" * 5000, "GATE"):
        assert await who.camera_id(key) is None, key


async def test_built_in_roles_are_made_once(database: Database) -> None:
    for _ in range(2):
        async with database.write() as session:
            await built_in.ensure(session, T0)
    async with database.read() as session:
        row = await session.get_one(RoleRow, built_in.ADMIN_ID)
        assert (row.name, row.built_in, row.created_ms) == ("admin", True, T0)
