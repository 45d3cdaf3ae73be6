"""The rules of OpenID providers. Whoever changes one could log in as anybody who comes by it: only who may do
everything, at all hours and without an end, does so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.permissions import ADMIN
from vedette.access.policy import Grant
from vedette.access.principal import Principal
from vedette.audit.log import Entry, record
from vedette.core.errors import ErrorKind, VedetteError, invalid
from vedette.core.ids import uuid7
from vedette.http.etags import check_version
from vedette.identity import admins
from vedette.identity.changes import Workshop, check_given, unknown, unknown_ids
from vedette.identity.oidc import mapping
from vedette.identity.oidc.login_service import SEALED_KIND, SEALED_SECRET
from vedette.identity.oidc.schemas import Mapping, ProviderCreate, ProviderPatch
from vedette.identity.sessions import HOUR_MS, Sessions
from vedette.identity.tables import GroupRow, RoleRow, ZoneRow
from vedette.identity.tables_oidc import OidcIdentityRow, OidcMappingRow, OidcProviderRow
from vedette.vault import Vault

_PLAIN = (
    "name",
    "issuer",
    "client_id",
    "scopes",
    "groups_claim",
    "username_claim",
    "new_users",
    "required_acr",
    "required_amr",
    "enabled",
    "session_hours",
)
_TAKEN_SLUGS = frozenset({"manual"})  # the `source` of what people were given by hand


@dataclass(frozen=True, slots=True)
class Given:
    """A mapping with the names of what it gives."""

    row: OidcMappingRow
    group: str | None
    role: str | None
    zone: str | None

    def told(self) -> str:
        """For the audit log."""
        what = f"group {self.group}" if self.group is not None else f"role {self.role}"
        return f"{self.row.value}: {what}" + (f" in zone {self.zone}" if self.zone is not None else "")


@dataclass(frozen=True, slots=True)
class StoredProvider:
    """A provider, what its groups mean, and how many accounts are linked with it."""

    row: OidcProviderRow
    mappings: Sequence[Given]
    people: int

    def told(self) -> dict[str, Any]:
        """For the audit log: of the secret only whether there is one."""
        plain = {name: getattr(self.row, name) for name in _PLAIN}
        mapped = [one.told() for one in self.mappings]
        return {**plain, "client_secret": self.row.secret_sealed is not None, "mappings": mapped}


class ProviderService:
    """Each call is one transaction with its entry in the audit log."""

    def __init__(self, workshop: Workshop, vault: Vault, sessions: Sessions) -> None:
        self._shop = workshop
        self._vault = vault
        self._sessions = sessions

    async def every(self) -> list[StoredProvider]:
        """By name."""
        async with self._shop.database.read() as session:
            rows = list(await session.scalars(select(OidcProviderRow).order_by(func.lower(OidcProviderRow.name))))
            return [await _stored(session, row) for row in rows]

    async def get(self, provider_id: UUID) -> StoredProvider:
        """Raises VedetteError `provider.not_found`."""
        async with self._shop.database.read() as session:
            return await _stored(session, await _existing(session, provider_id))

    def secret(self, row: OidcProviderRow) -> str | None:
        """The client secret. Raises VedetteError `credentials...` when it does not open."""
        if row.secret_sealed is None:
            return None
        return self._vault.open_sealed(row.id, SEALED_SECRET, row.secret_sealed, kind=SEALED_KIND)

    async def create(self, given: ProviderCreate, caller: Principal) -> StoredProvider:
        """Raises VedetteError `provider.slug_taken`, `provider.name_taken`, `provider.issuer_taken`,
        `grant.more_than_own`, and `....not_found` for what the mappings name."""
        now = self._shop.clock.now_ms()
        check_given(caller, [Grant(ADMIN)], now)
        async with self._shop.changing() as session:
            if given.slug in _TAKEN_SLUGS:
                raise invalid("provider.slug_taken", f"{given.slug} has a meaning of its own.", field="slug")
            for name in ("slug", "name", "issuer"):
                await _check_free(session, name, getattr(given, name), None)
            plain = {name: getattr(given, name) for name in _PLAIN}
            row = OidcProviderRow(id=uuid7(now), slug=given.slug, **plain, created_ms=now, updated_ms=now, version=1)
            if given.client_secret is not None:
                row.secret_sealed = self._sealed(row.id, given.client_secret.get_secret_value())
            session.add(row)
            await session.flush()
            await _map(session, row.id, given.mappings, now)
            made = await _stored(session, row)
            await record(session, now, caller, _entry("oidc_provider.create", row, after=made.told()))
        return made

    async def update(
        self, provider_id: UUID, patch: ProviderPatch, expected: frozenset[int] | None, caller: Principal
    ) -> StoredProvider:
        """Raises what `create` does, `provider.not_found`, `provider.issuer_in_use`, `user.last_admin`,
        `request.precondition`. Sessions of a provider that is switched off end."""
        now = self._shop.clock.now_ms()
        check_given(caller, [Grant(ADMIN)], now)
        ended: Sequence[UUID] = ()
        async with self._shop.changing() as session, admins.keep_one(session, now):
            row = await _existing(session, provider_id, lock=True)
            check_version(expected, row.version, f"The provider {row.name}")
            before = await _stored(session, row)
            told = before.told()
            changes = {name: getattr(patch, name) for name in _PLAIN if name in patch.model_fields_set}
            for name in ("name", "issuer"):
                if name in changes:
                    await _check_free(session, name, changes[name], row.id)
            if changes.get("issuer", row.issuer) != row.issuer and before.people:
                raise VedetteError(
                    ErrorKind.CONFLICT,
                    "provider.issuer_in_use",
                    f"{before.people} accounts are linked with people of this issuer; at another one they may "
                    "be others. Make a new provider instead.",
                    field="issuer",
                )
            for name, value in changes.items():
                setattr(row, name, value)
            if "client_secret" in patch.model_fields_set:
                secret = patch.client_secret
                row.secret_sealed = self._sealed(row.id, secret.get_secret_value()) if secret is not None else None
            if patch.mappings is not None:
                await session.execute(delete(OidcMappingRow).where(OidcMappingRow.provider_id == row.id))
                await _map(session, row.id, patch.mappings, now)
            if changes.get("enabled") is False:
                ended = await self._sessions.end_by_provider(session, row.slug, "sign-in provider switched off")
            await self._sessions.shorten_by_provider(session, row.slug, row.session_hours * HOUR_MS)
            row.updated_ms, row.version = now, row.version + 1
            await session.flush()
            changed = await _stored(session, row)
            told_after = changed.told() | ({"client_secret": "changed"} if patch.client_secret is not None else {})
            await record(session, now, caller, _entry("oidc_provider.edit", row, before=told, after=told_after))
        self._sessions.forget(ended)
        self._shop.changed()
        return changed

    async def delete(
        self, provider_id: UUID, expected: frozenset[int] | None, confirmed: bool, caller: Principal
    ) -> None:
        """With its links and everything that it gave; its sessions end. Raises VedetteError `provider.not_found`,
        `provider.in_use`, `user.last_admin`, `request.precondition`."""
        now = self._shop.clock.now_ms()
        check_given(caller, [Grant(ADMIN)], now)
        async with self._shop.changing() as session, admins.keep_one(session, now):
            row = await _existing(session, provider_id, lock=True)
            check_version(expected, row.version, f"The provider {row.name}")
            stored = await _stored(session, row)
            if stored.people and not confirmed:
                raise VedetteError(
                    ErrorKind.CONFLICT,
                    "provider.in_use",
                    f"{stored.people} people log in by {row.name}, and would lose what it gives them; who has no "
                    "password could not log in any more. Repeat with confirm=true to do it.",
                )
            await mapping.drop(session, row.slug)
            ended = await self._sessions.end_by_provider(session, row.slug, "sign-in provider deleted")
            await session.delete(row)
            await session.flush()
            told = stored.told() | {"people": stored.people}
            await record(session, now, caller, _entry("oidc_provider.delete", row, before=told))
        self._sessions.forget(ended)
        self._shop.changed()

    def _sealed(self, provider_id: UUID, secret: str) -> str | None:
        return self._vault.seal(provider_id, SEALED_SECRET, secret, kind=SEALED_KIND) if secret else None


async def _existing(session: AsyncSession, provider_id: UUID, *, lock: bool = False) -> OidcProviderRow:
    row = await session.get(OidcProviderRow, provider_id, with_for_update=lock)
    if row is None:
        raise unknown("provider", provider_id)
    return row


async def _stored(session: AsyncSession, row: OidcProviderRow) -> StoredProvider:
    statement = (
        select(OidcMappingRow, GroupRow.name, RoleRow.name, ZoneRow.name)
        .outerjoin(GroupRow, GroupRow.id == OidcMappingRow.group_id)
        .outerjoin(RoleRow, RoleRow.id == OidcMappingRow.role_id)
        .outerjoin(ZoneRow, ZoneRow.id == OidcMappingRow.zone_id)
        .where(OidcMappingRow.provider_id == row.id)
        .order_by(OidcMappingRow.value, OidcMappingRow.id)
    )
    mappings = [Given(*found) for found in await session.execute(statement)]
    count = select(func.count()).select_from(OidcIdentityRow).where(OidcIdentityRow.provider_id == row.id)
    return StoredProvider(row, mappings, await session.scalar(count) or 0)


async def _check_free(session: AsyncSession, field: str, value: str, besides: UUID | None) -> None:
    column = getattr(OidcProviderRow, field)
    same = func.lower(column) == func.lower(value) if field == "name" else column == value
    taken = await session.scalar(select(OidcProviderRow.id).where(same).limit(1))
    if taken is not None and taken != besides:
        raise VedetteError(
            ErrorKind.CONFLICT, f"provider.{field}_taken", f"Another provider has the {field} {value}.", field=field
        )


async def _map(session: AsyncSession, provider_id: UUID, mappings: Sequence[Mapping], now_ms: int) -> None:
    for what, table, field in (
        ("group", GroupRow, "group_id"),
        ("role", RoleRow, "role_id"),
        ("zone", ZoneRow, "zone_id"),
    ):
        named = {key for one in mappings if (key := getattr(one, field)) is not None}
        missing = named - set(await session.scalars(select(table.id).where(table.id.in_(named))))
        if missing:
            raise unknown_ids(what, missing, "mappings")
    unique = dict.fromkeys((one.value, one.group_id, one.role_id, one.zone_id) for one in mappings)
    for value, group_id, role_id, zone_id in unique:
        session.add(
            OidcMappingRow(
                id=uuid7(now_ms),
                provider_id=provider_id,
                value=value,
                group_id=group_id,
                role_id=role_id,
                zone_id=zone_id,
            )
        )
    await session.flush()


def _entry(
    action: str,
    row: OidcProviderRow,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> Entry:
    return Entry(action, "ok", "oidc_provider", str(row.id), row.name, before=before, after=after)
