"""Which providers an account is linked with."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from vedette.access.principal import Principal
from vedette.audit.log import Entry, record
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError, not_found
from vedette.db.session import Database
from vedette.identity import admins
from vedette.identity import users_repository as users
from vedette.identity.oidc import mapping
from vedette.identity.sessions import Sessions
from vedette.identity.tables_oidc import OidcIdentityRow, OidcProviderRow


@dataclass(frozen=True, slots=True)
class Linked:
    """A provider, and who the account's owner is there; None where it could be linked."""

    provider: OidcProviderRow
    identity: OidcIdentityRow | None


class Identities:
    """Links between accounts and people at providers. `OidcLogins` makes them."""

    def __init__(self, database: Database, clock: Clock, sessions: Sessions) -> None:
        self._database = database
        self._clock = clock
        self._sessions = sessions

    async def of_user(self, user_id: UUID) -> list[Linked]:
        """Every provider that is offered or linked, by name."""
        async with self._database.read() as session:
            mine = (OidcIdentityRow.provider_id == OidcProviderRow.id) & (OidcIdentityRow.user_id == user_id)
            statement = select(OidcProviderRow, OidcIdentityRow).outerjoin(OidcIdentityRow, mine)
            rows = await session.execute(statement.order_by(OidcProviderRow.name))
            found = [Linked(provider, identity) for provider, identity in rows]
        return [one for one in found if one.provider.enabled or one.identity is not None]

    async def unlink(self, user_id: UUID, slug: str, caller: Principal) -> None:
        """Takes a link away, with what the provider gave, and ends the sessions of logins by it. Raises VedetteError
        `oidc.not_linked`, `oidc.only_way_in`, `user.last_admin`."""
        now = self._clock.now_ms()
        async with admins.changing(self._database) as session:
            user = await users.by_id(session, user_id, lock=True)
            provider = await session.scalar(select(OidcProviderRow).where(OidcProviderRow.slug == slug))
            identity = None
            if user is not None and provider is not None:
                mine = (OidcIdentityRow.provider_id == provider.id, OidcIdentityRow.user_id == user_id)
                identity = await session.scalar(select(OidcIdentityRow).where(*mine))
            if user is None or provider is None or identity is None:
                raise not_found("oidc.not_linked", "The account is not linked with this provider.")
            count = select(func.count()).select_from(OidcIdentityRow).where(OidcIdentityRow.user_id == user_id)
            if user.password_hash is None and (await session.scalar(count) or 0) < 2:
                raise VedetteError(
                    ErrorKind.CONFLICT,
                    "oidc.only_way_in",
                    f"{provider.name} is the only way into this account. Have an administrator set a password first.",
                )
            async with admins.keep_one(session, now):
                await mapping.drop(session, slug, user_id)
                await session.delete(identity)
            ended = await self._sessions.end_by_provider(session, slug, "unlinked from the sign-in provider", user.id)
            told = {"provider": slug, "subject": identity.subject}
            await record(
                session, now, caller, Entry("auth.oidc_unlink", "ok", "user", str(user.id), user.username, before=told)
            )
        self._sessions.forget(ended)
