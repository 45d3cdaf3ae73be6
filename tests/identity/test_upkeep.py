"""What is forgotten of accounts, and what is not, on both databases."""

from uuid import UUID

import pytest
from sqlalchemy import select

from tests.support.footage import T0, add_stream, camera_of
from tests.support.people import add_user
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.identity.tables import RecoveryCodeRow
from vedette.identity.tables_logins import ApiTokenRow, ApiTokenUseRow, SessionRow, ShareLinkRow
from vedette.identity.upkeep import RECOVERY_CODE_MS, SESSION_MS, TOKEN_MS, prune

pytestmark = pytest.mark.anyio

LATER = T0 + 1000 * 86_400_000


def login(user_id: UUID, name: str, expires_ms: int, revoked_ms: int | None) -> SessionRow:
    return SessionRow(
        id=uuid7(),
        user_id=user_id,
        method="password",
        refresh_hash=name,
        rotated_ms=T0,
        address="",
        user_agent=name,
        created_ms=T0,
        last_seen_ms=T0,
        expires_ms=expires_ms,
        revoked_ms=revoked_ms,
    )


async def test_sessions(database: Database) -> None:
    user_id = await add_user(database, "ann")
    bound = LATER - SESSION_MS
    async with database.write() as session:
        session.add(login(user_id, "open", LATER + 1, None))
        session.add(login(user_id, "expired of late", bound, None))
        session.add(login(user_id, "expired", bound - 1, None))
        session.add(login(user_id, "ended of late", LATER + 1, bound))
        session.add(login(user_id, "ended", LATER + 1, bound - 1))
    async with database.write() as session:
        await prune(session, LATER)
        left = await session.scalars(select(SessionRow.user_agent).order_by(SessionRow.user_agent))
        assert list(left) == ["ended of late", "expired of late", "open"]


async def test_tokens_go_with_their_counts(database: Database) -> None:
    user_id = await add_user(database, "ann")
    bound = LATER - TOKEN_MS
    async with database.write() as session:
        for name, expires_ms, revoked_ms in (
            ("lasting", None, None),
            ("revoked of late", None, bound),
            ("revoked", None, bound - 1),
            ("expired", bound - 1, None),
        ):
            row = ApiTokenRow(
                id=uuid7(), user_id=user_id, name=name, token_hash=name, hint="", limits={}, created_ms=T0
            )
            row.expires_ms, row.revoked_ms = expires_ms, revoked_ms
            session.add(row)
            await session.flush()
            session.add(ApiTokenUseRow(token_id=row.id, day=1, route=name, requests=1))
    async with database.write() as session:
        await prune(session, LATER)
        left = await session.scalars(select(ApiTokenRow.name).order_by(ApiTokenRow.name))
        assert list(left) == ["lasting", "revoked of late"]
        counts = await session.scalars(select(ApiTokenUseRow.route).order_by(ApiTokenUseRow.route))
        assert list(counts) == ["lasting", "revoked of late"]


async def test_share_links_and_used_codes(database: Database) -> None:
    user_id = await add_user(database, "ann")
    camera_id = await camera_of(database, await add_stream(database))
    async with database.write() as session:
        for name, expires_ms in (("open", LATER), ("over", LATER - TOKEN_MS - 1)):
            link = ShareLinkRow(id=uuid7(), token_hash=name, user_id=user_id, camera_id=camera_id, created_ms=T0)
            link.start_ms, link.end_ms, link.expires_ms = T0, T0 + 1, expires_ms
            session.add(link)
        for name, used_ms in (("unused", None), ("new", LATER), ("old", LATER - RECOVERY_CODE_MS - 1)):
            session.add(RecoveryCodeRow(user_id=user_id, code_hash=name, used_ms=used_ms))
    async with database.write() as session:
        await prune(session, LATER)
        assert list(await session.scalars(select(ShareLinkRow.token_hash))) == ["open"]
        codes = await session.scalars(select(RecoveryCodeRow.code_hash).order_by(RecoveryCodeRow.code_hash))
        assert list(codes) == ["new", "unused"]
