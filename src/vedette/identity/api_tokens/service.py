"""The rules of API tokens: made by a person for themselves, with at most what they may do, and withdrawn by them or by
who manages users."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.permissions import OF_A_CAMERA, OF_PEOPLE, Permission
from vedette.access.policy import Grant
from vedette.access.principal import CallerKind, Principal
from vedette.audit.log import Entry, Happened, record, record_all
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError, invalid, not_found
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.identity import camera_keys, grants
from vedette.identity.api_tokens.digest import sealed_digest
from vedette.identity.api_tokens.limits import TokenLimits
from vedette.identity.api_tokens.secret import hint_of, new_token
from vedette.identity.api_tokens.usage import DAY_MS
from vedette.identity.changes import unknown_ids
from vedette.identity.grants import Account
from vedette.identity.session_tokens import hash_of
from vedette.identity.tables import GrantRow, UserRow, ZoneRow
from vedette.identity.tables_logins import ApiTokenRow, ApiTokenUseRow
from vedette.vault import Vault

MOST_OF_A_USER = 100
# How long a token is good when nothing is said: one that nobody thinks of any more should end by itself.
DEFAULT_DAYS = 90
_LIMITS = ("permissions", "cameras", "zones", "networks")


@dataclass(frozen=True, slots=True)
class StoredToken:
    """A token with its owner's user name. The secret is not kept."""

    row: ApiTokenRow
    username: str

    @property
    def limits(self) -> TokenLimits:
        """What it is limited to."""
        return TokenLimits.of(self.row.limits)


@dataclass(frozen=True, slots=True)
class NewToken:
    """What a token is made with."""

    name: str
    limits: TokenLimits
    expires_ms: int | None


class TokenService:
    """Each change is one transaction with its entry in the audit log. `forget` is told whose tokens changed."""

    def __init__(
        self, database: Database, clock: Clock, vault: Vault, forget: Callable[[Collection[UUID]], None]
    ) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
        self._forget = forget

    async def page(
        self, user_id: UUID | None, revoked: bool, limit: int, after: UUID | None
    ) -> tuple[list[StoredToken], UUID | None]:
        """At most `limit` tokens of a user or of all, the newest first, and the key after which the next page begins.
        Without `revoked` those that were revoked are left out."""
        statement = _described().order_by(ApiTokenRow.id.desc()).limit(limit + 1)
        if user_id is not None:
            statement = statement.where(ApiTokenRow.user_id == user_id)
        if not revoked:
            statement = statement.where(ApiTokenRow.revoked_ms.is_(None))
        if after is not None:
            statement = statement.where(ApiTokenRow.id < after)
        async with self._database.read() as session:
            found = [StoredToken(row, username) for row, username in await session.execute(statement)]
        return found[:limit], found[limit - 1].row.id if len(found) > limit else None

    async def get(self, token_id: UUID, caller: Principal) -> StoredToken:
        """One's own, or anybody's for who manages users. Raises VedetteError `token.not_found`."""
        async with self._database.read() as session:
            return await self._visible(session, token_id, caller)

    async def create(self, user_id: UUID, given: NewToken, caller: Principal) -> tuple[StoredToken, str]:
        """The new token and its secret, which is never seen again.

        Raises VedetteError `token.more_than_own`, `token.of_people`, `camera.not_found`, `zone.not_found`,
        `token.expiry`, `token.too_many`, `user.not_found`.
        """
        now = self._clock.now_ms()
        secret = new_token()
        async with self._database.write() as session:
            self._check_end(given.expires_ms)
            await _check_own(session, user_id, given.limits, caller)
            token_id = uuid7(now)
            row = ApiTokenRow(
                id=token_id,
                user_id=user_id,
                name=given.name,
                token_hash=hash_of(secret),
                hint=hint_of(secret),
                digest_sealed=sealed_digest(self._vault, token_id, secret),
                limits=given.limits.stored(),
                expires_ms=given.expires_ms,
                created_ms=now,
            )
            if await count_active(session, user_id) >= MOST_OF_A_USER:
                raise VedetteError(
                    ErrorKind.CONFLICT,
                    "token.too_many",
                    f"A user has at most {MOST_OF_A_USER} API tokens. Revoke those that are not used.",
                )
            session.add(row)
            await session.flush()
            made = await _existing(session, row.id)
            await record(session, now, caller, _entry("token.create", made, after=_told(row)))
        return made, secret

    async def update(self, token_id: UUID, changes: dict[str, Any], caller: Principal) -> StoredToken:
        """Sets the given ones of name, permissions, cameras, zones, networks, expires_ms of one's own token. Raises as
        `get` and `create`; `token.not_yours`, `token.revoked`."""
        now = self._clock.now_ms()
        async with self._database.write() as session:
            stored = await self._visible(session, token_id, caller)
            row = stored.row
            if row.user_id != caller.user_id:
                raise VedetteError(
                    ErrorKind.FORBIDDEN, "token.not_yours", "Only its owner changes an API token. You can revoke it."
                )
            if row.revoked_ms is not None:
                raise VedetteError(ErrorKind.CONFLICT, "token.revoked", "This API token was revoked. Make another one.")
            before = _told(row)
            limits = replace(stored.limits, **{name: changes[name] for name in _LIMITS if name in changes})
            # What the owner has lost since may stay in it: it permits nothing.
            await _check_own(session, row.user_id, _added(stored.limits, limits), caller)
            self._check_end(changes.get("expires_ms"))
            row.limits = limits.stored()
            row.name = changes.get("name", row.name)
            row.expires_ms = changes.get("expires_ms", row.expires_ms)
            after = _told(row)
            if after != before:
                changed = {name for name in after if after[name] != before[name]}
                entry = _entry(
                    "token.edit",
                    stored,
                    before={name: before[name] for name in changed},
                    after={name: after[name] for name in changed},
                )
                await record(session, now, caller, entry)
        self._forget([token_id])
        return stored

    async def revoke(self, token_id: UUID, caller: Principal) -> None:
        """Ends a token for good: one's own, or anybody's for who manages users. Raises `token.not_found`; one that was
        revoked before stays as it is."""
        now = self._clock.now_ms()
        async with self._database.write() as session:
            stored = await self._visible(session, token_id, caller)
            if stored.row.revoked_ms is None:
                stored.row.revoked_ms = now
                await record(session, now, caller, _entry("token.revoke", stored))
        self._forget([token_id])

    async def usage(self, token_id: UUID, days: int, caller: Principal) -> Sequence[ApiTokenUseRow]:
        """Requests by day and route in the last days, today included, the newest first. Raises `token.not_found`."""
        since = self._clock.now_ms() // DAY_MS - days + 1
        async with self._database.read() as session:
            await self._visible(session, token_id, caller)
            statement = (
                select(ApiTokenUseRow)
                .where(ApiTokenUseRow.token_id == token_id, ApiTokenUseRow.day >= since)
                .order_by(ApiTokenUseRow.day.desc(), ApiTokenUseRow.requests.desc(), ApiTokenUseRow.route)
            )
            return list(await session.scalars(statement))

    async def _visible(self, session: AsyncSession, token_id: UUID, caller: Principal) -> StoredToken:
        stored = await _existing(session, token_id)
        manages = caller.kind is CallerKind.SYSTEM or caller.may(Permission.USER_MANAGE, None, self._clock.now_ms())
        if stored.row.user_id != caller.user_id and not manages:
            raise _not_found(token_id)
        return stored

    def _check_end(self, expires_ms: int | None) -> None:
        if expires_ms is not None and expires_ms <= self._clock.now_ms():
            raise invalid("token.expiry", "The end must lie in the future.", field="expires_at")


async def count_active(session: AsyncSession, user_id: UUID) -> int:
    """How many tokens of a user were not revoked."""
    whose = ApiTokenRow.user_id == user_id, ApiTokenRow.revoked_ms.is_(None)
    return await session.scalar(select(func.count()).select_from(ApiTokenRow).where(*whose)) or 0


async def revoke_all(session: AsyncSession, user_id: UUID, caller: Principal, now_ms: int) -> list[UUID]:
    """Ends a user's tokens in the transaction that gives the reason; the answer is for `TokenWayIn.forget` after it."""
    whose = _described().where(ApiTokenRow.user_id == user_id, ApiTokenRow.revoked_ms.is_(None))
    rows = await session.execute(whose.order_by(ApiTokenRow.id).with_for_update(of=ApiTokenRow))
    found = [StoredToken(row, username) for row, username in rows]
    for stored in found:
        stored.row.revoked_ms = now_ms
    await record_all(session, [Happened(now_ms, caller, _entry("token.revoke", stored)) for stored in found])
    return [stored.row.id for stored in found]


def _added(before: TokenLimits, after: TokenLimits) -> TokenLimits:
    """What `after` names that `before` does not."""
    return TokenLimits(
        after.permissions - before.permissions,
        frozenset(after.cameras or ()) - frozenset(before.cameras or ()),
        zones=frozenset(after.zones or ()) - frozenset(before.zones or ()),
    )


async def _check_own(session: AsyncSession, user_id: UUID, wanted: TokenLimits, caller: Principal) -> None:
    account = await grants.load(session, user_id)
    if account is None:
        raise not_found("user.not_found", "There is no such user, or the account is disabled.")
    if of_people := sorted(one.value for one in wanted.permissions & OF_PEOPLE):
        raise invalid(
            "token.of_people",
            f"No token can be given {', '.join(of_people)}: only a person who is logged in can do that, since what a "
            "program made by it would outlive its token.",
            field="permissions",
        )
    lacking = sorted(one.value for one in wanted.permissions if not _held(account.grants, one))
    if lacking:
        raise invalid(
            "token.more_than_own",
            f"A token has at most its owner's permissions; {account.name} lacks {', '.join(lacking)}.",
            field="permissions",
        )
    if wanted.cameras and (unseen := await unseen_cameras(session, account, wanted.cameras)):
        raise unknown_ids("camera", unseen, "cameras")
    if wanted.zones:
        known = await _known_zones(session, account, caller)
        if missing := wanted.zones - known:
            raise unknown_ids("zone", missing, "zones")


async def unseen_cameras(session: AsyncSession, account: Account, cameras: Collection[UUID]) -> set[UUID]:
    """Those that are no cameras, and those that the account was granted nothing on."""
    beyond = {one for one in cameras if not _reaches(account.grants, one)}
    return beyond | await camera_keys.unknown(session, cameras)


async def _known_zones(session: AsyncSession, account: Account, caller: Principal) -> set[UUID]:
    """All for who manages people or is on the machine, for others those that they were granted something in."""
    every = select(ZoneRow.id)
    if caller.kind is not CallerKind.SYSTEM and not _held(account.grants, Permission.USER_MANAGE):
        every = every.where(ZoneRow.id.in_(select(GrantRow.zone_id).where(grants.of_user(account.user_id))))
    return set(await session.scalars(every))


def _held(held: Sequence[Grant], permission: Permission) -> list[Grant]:
    """The grants of a permission, at whatever hours. One for the whole installation needs one without cameras."""
    return [
        grant for grant in held if grant.permits(permission) and (grant.cameras is None or permission in OF_A_CAMERA)
    ]


def _reaches(held: Sequence[Grant], camera_id: UUID) -> bool:
    return any(grant.cameras is None or camera_id in grant.cameras for grant in held)


def _described() -> Any:
    return select(ApiTokenRow, UserRow.username).join(UserRow, UserRow.id == ApiTokenRow.user_id)


async def _existing(session: AsyncSession, token_id: UUID) -> StoredToken:
    found = (await session.execute(_described().where(ApiTokenRow.id == token_id))).first()
    if found is None:
        raise _not_found(token_id)
    return StoredToken(*found)


def _not_found(token_id: UUID) -> VedetteError:
    return not_found("token.not_found", f"There is no API token {token_id}.")


def _told(row: ApiTokenRow) -> dict[str, Any]:
    limits = TokenLimits.of(row.limits).stored()
    return {"name": row.name, "hint": row.hint, **limits, "expires_ms": row.expires_ms}


def _entry(
    action: str, stored: StoredToken, *, before: dict[str, Any] | None = None, after: dict[str, Any] | None = None
) -> Entry:
    row = stored.row
    return Entry(
        action,
        object_kind="api_token",
        object_id=str(row.id),
        object_name=f"{row.name} of {stored.username}",
        before=before,
        after=after,
    )
