"""People with accounts and grants as rows, and a way in for tests that are not about logging in."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from starlette.requests import HTTPConnection

from tests.support.footage import T0
from vedette.access.principal import CallerKind
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.identity import built_in
from vedette.identity.authority import AccessAuthority, Credential
from vedette.identity.tables import GrantRow, UserRow, ZoneCameraRow, ZoneRow

HEADER = "X-Test-User"


def let_in_by_header(app: FastAPI) -> AccessAuthority:
    """Callers are who the header says, and nothing else counts. Only inside the app's lifespan."""

    async def by_header(connection: HTTPConnection) -> Credential | None:
        user_id = connection.headers.get(HEADER)
        return Credential(CallerKind.SESSION, UUID(user_id)) if user_id else None

    authority: AccessAuthority = app.state.authority
    authority.ways[:] = [by_header]
    return authority


def as_user(user_id: UUID | None) -> dict[str, str]:
    """The headers of a request by that person."""
    return {} if user_id is None else {HEADER: str(user_id)}


async def add_user(database: Database, username: str, **more: Any) -> UUID:
    """An enabled account without a password."""
    async with database.write() as session:
        row = UserRow(id=uuid7(), username=username, created_ms=T0, updated_ms=T0, **more)
        session.add(row)
    return row.id


async def add_zone(database: Database, name: str, cameras: Iterable[UUID]) -> UUID:
    """A zone with these cameras."""
    async with database.write() as session:
        row = ZoneRow(id=uuid7(), name=name, created_ms=T0)
        session.add(row)
        await session.flush()
        session.add_all(ZoneCameraRow(zone_id=row.id, camera_id=camera_id) for camera_id in cameras)
    return row.id


async def grant(database: Database, user_id: UUID, role: str, **more: Any) -> UUID:
    """A built-in role for a person, everywhere unless `zone_id` or `camera_id` is given."""
    async with database.write() as session:
        await built_in.ensure(session, T0)
        row = GrantRow(id=uuid7(), user_id=user_id, role_id=built_in.BUILT_IN_IDS[role], created_ms=T0, **more)
        session.add(row)
    return row.id
