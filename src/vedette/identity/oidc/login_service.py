"""The rules of logging in by an OpenID provider, and of linking one to an account."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.principal import CallerKind, Principal
from vedette.audit.log import Entry, Happened, record, record_all
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError, not_found
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.identity import admins, attempts
from vedette.identity import users_repository as users
from vedette.identity.oidc import claims as said
from vedette.identity.oidc import flow, mapping
from vedette.identity.oidc.discovery import Directory
from vedette.identity.oidc.exchange import Client, Exchange
from vedette.identity.oidc.flow import Begun
from vedette.identity.sessions import HOUR_MS, LoggedIn, Opened, Origin, Sessions, method_of
from vedette.identity.tables import UserRow
from vedette.identity.tables_logins import SessionRow
from vedette.identity.tables_oidc import OidcIdentityRow, OidcProviderRow, OidcSpentRow
from vedette.vault import Vault

SEALED_KIND, SEALED_SECRET = "oidc", "client secret"
_MOST_TOLD = 50


@dataclass(frozen=True, slots=True)
class Returned:
    """What the browser brings back from a provider."""

    state: str
    code: str | None = None
    error: str | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """Where to send the browser, and the cookie that binds the way back to it."""

    location: str
    cookie: str


@dataclass(frozen=True, slots=True)
class Finished:
    """Where to go on. `opened` is the new session; none when an account was linked."""

    next: str
    opened: Opened | None


class FailedLoginError(Exception):
    """A login that came to nothing, and the page that is to say why."""

    def __init__(self, error: VedetteError, page: str | None) -> None:
        super().__init__(error.message)
        self.error = error
        self.page = page


class OidcLogins:
    """Logins by providers. Every way back is counted as an attempt of its address and is in the audit log."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        vault: Vault,
        sessions: Sessions,
        directory: Directory,
        exchange: Exchange,
    ) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._sessions = sessions
        self._directory = directory
        self._exchange = exchange

    async def offered(self) -> list[OidcProviderRow]:
        """Those that people can log in by, by name."""
        async with self._database.read() as session:
            statement = select(OidcProviderRow).where(OidcProviderRow.enabled).order_by(OidcProviderRow.name)
            return list(await session.scalars(statement))

    async def start(self, slug: str, redirect_uri: str, wanted: str | None, who: LoggedIn | None = None) -> Started:
        """Begins a login, or the linking of `who`. Raises VedetteError `oidc.unknown_provider` and what
        `Directory.metadata` does."""
        provider = await self._provider(slug)
        metadata = await self._directory.metadata(provider.issuer)
        begun = flow.begin(
            provider.id,
            redirect_uri,
            wanted,
            self._clock.now_ms(),
            user_id=who.user_id if who else None,
            session_id=who.session_id if who else None,
        )
        location = flow.authorization_url(metadata, provider.client_id, provider.scopes, begun, provider.required_acr)
        return Started(location, flow.seal(begun, self._vault))

    async def finish(self, slug: str, returned: Returned, cookie: str | None, origin: Origin) -> Finished:
        """Ends it. Raises FailedLoginError."""
        now = self._clock.now_ms()
        label = f"oidc:{slug[:100]}"
        async with self._database.write() as session:
            attempt = await attempts.begin_from(session, now, label, origin.address)
        outcome = attempts.OIDC
        begun: Begun | None = None
        provider: OidcProviderRow | None = None
        try:
            if attempt.locked:
                outcome = attempts.LOCKED
                raise _locked()
            provider = await self._provider(slug)
            begun = flow.unseal(cookie, self._vault, provider.id, returned.state, now)
            await self._spend(begun)
            claims = await self._claims(provider, returned, begun)
            if begun.user_id is not None:
                await self._link(provider, begun, claims, origin)
                outcome = attempts.ELSEWHERE
                return Finished(begun.next, None)
            opened = await self._log_in(provider.id, claims, origin)
            outcome = attempts.OK
            return Finished(begun.next, opened)
        except VedetteError as error:
            if not attempt.locked and (error.kind is ErrorKind.UNAVAILABLE or error.code == "oidc.denied"):
                outcome = attempts.ELSEWHERE
            action = "auth.oidc_link" if begun is not None and begun.user_id is not None else "auth.login"
            await self._audit_failure(action, slug, provider, error, origin)
            raise FailedLoginError(error, begun.next if begun is not None and begun.user_id else None) from error
        finally:
            async with self._database.write() as session:
                await attempts.finish(session, attempt, outcome)

    async def _claims(self, provider: OidcProviderRow, returned: Returned, begun: Begun) -> dict[str, Any]:
        metadata = await self._directory.metadata(provider.issuer)
        flow.check_issuer(metadata, returned.issuer)
        if returned.error is not None or not returned.code:
            raise _told(provider, returned.error)
        secret = None
        if provider.secret_sealed is not None:
            secret = self._vault.open_sealed(provider.id, SEALED_SECRET, provider.secret_sealed, kind=SEALED_KIND)
        client = Client(provider.client_id, secret, provider.groups_claim)
        claims = await self._exchange.claims(metadata, client, returned.code, begun)
        required = frozenset(provider.required_acr.split()), frozenset(provider.required_amr.split())
        if lacking := said.missing_assurance(claims, *required):
            raise VedetteError(
                ErrorKind.FORBIDDEN,
                "oidc.assurance",
                f"{provider.name} did not check who you are as strictly as is demanded here ({lacking}).",
            )
        return claims

    async def _log_in(self, provider_id: UUID, claims: dict[str, Any], origin: Origin) -> Opened:
        try:
            return await self._log_in_once(provider_id, claims, origin)
        except IntegrityError:  # the same person from two windows at once, or a name that was taken just now
            return await self._log_in_once(provider_id, claims, origin)

    async def _log_in_once(self, provider_id: UUID, claims: dict[str, Any], origin: Origin) -> Opened:
        now = self._clock.now_ms()
        async with admins.changing(self._database) as session:
            provider = await session.get(OidcProviderRow, provider_id)
            if provider is None or not provider.enabled:
                raise _unknown()
            identity = await session.get(OidcIdentityRow, (provider_id, claims["sub"]), with_for_update=True)
            user = await users.by_id(session, identity.user_id, lock=True) if identity is not None else None
            known = not said.left_out(claims, provider.groups_claim)
            give = mapping.wanted(
                await mapping.of_provider(session, provider_id),
                said.groups(claims, provider.groups_claim) if known else (),
            )
            happened: list[Happened] = []
            by_provider = Principal(CallerKind.SYSTEM, f"oidc:{provider.slug}", address=origin.address)
            if user is None or identity is None:
                user = await self._new_user(session, provider, claims, give)
                identity = OidcIdentityRow(
                    provider_id=provider_id, subject=claims["sub"], user_id=user.id, name="", created_ms=now
                )
                session.add(identity)
                told = {"username": user.username, "provider": provider.slug, "subject": claims["sub"]}
                happened.append(Happened(now, by_provider, _of_user("user.create", user, after=told)))
            if user.disabled_ms is not None:
                raise _disabled()
            identity.name, identity.last_login_ms = said.called(claims), now
            if known:
                changed = await mapping.apply(session, user.id, provider.slug, give, now)
                if changed:
                    told_groups = {
                        "added": changed.added[:_MOST_TOLD],
                        "removed": changed.removed[:_MOST_TOLD],
                        "provider": provider.slug,
                    }
                    entry = _of_user("auth.oidc_groups", user, after=told_groups, detail=changed.kept)
                    happened.append(Happened(now, by_provider, entry))
            method = method_of(provider.slug)
            opened = self._sessions.open(session, user, method, origin, provider.session_hours * HOUR_MS)
            user.last_login_ms = now
            who = Principal(CallerKind.SESSION, user.username, user.id, opened.session_id, address=origin.address)
            happened.append(Happened(now, who, _of_user("auth.login", user, detail=method)))
            await record_all(session, happened)
        return opened

    async def _new_user(
        self, session: AsyncSession, provider: OidcProviderRow, claims: dict[str, Any], give: mapping.Wanted
    ) -> UserRow:
        """Somebody who is here for the first time. Never an account that is there: whoever calls themselves by its
        name or address elsewhere is not its owner."""
        if provider.new_users == "refuse" or (provider.new_users == "mapped" and not (give.groups or give.roles)):
            raise _no_account(provider)
        now = self._clock.now_ms()
        for name in said.usernames(claims, provider.username_claim, provider.slug):
            if await users.by_name(session, name) is None:
                break
        else:
            raise _no_account(provider)
        row = UserRow(
            id=uuid7(now),
            username=name,
            display_name=said.text(claims, "name"),
            email=said.text(claims, "email", 254) or None,
            created_ms=now,
            updated_ms=now,
            version=1,
        )
        session.add(row)
        await session.flush()
        return row

    async def _link(self, provider: OidcProviderRow, begun: Begun, claims: dict[str, Any], origin: Origin) -> None:
        """Makes the person at the provider one with the account whose session asked for it."""
        now = self._clock.now_ms()
        async with admins.changing(self._database) as session:
            row = await session.get(SessionRow, begun.session_id)
            user = await users.by_id(session, begun.user_id, lock=True) if begun.user_id else None
            over = row is None or row.revoked_ms is not None or now >= row.expires_ms or row.user_id != begun.user_id
            if user is None or over or user.disabled_ms is not None:
                raise VedetteError(ErrorKind.UNAUTHENTICATED, "auth.revoked", "Your session has ended. Log in again.")
            theirs = await session.get(OidcIdentityRow, (provider.id, claims["sub"]))
            if theirs is not None and theirs.user_id != user.id:
                raise VedetteError(
                    ErrorKind.CONFLICT,
                    "oidc.linked_elsewhere",
                    f"This person at {provider.name} is linked with another account here.",
                )
            mine = await _identity_of(session, provider.id, user.id)
            if mine is not None and mine.subject != claims["sub"]:
                raise VedetteError(
                    ErrorKind.CONFLICT,
                    "oidc.linked_already",
                    f"Your account is linked with another person at {provider.name}. Unlink that first.",
                )
            if theirs is None:
                session.add(
                    OidcIdentityRow(
                        provider_id=provider.id,
                        subject=claims["sub"],
                        user_id=user.id,
                        name=said.called(claims),
                        created_ms=now,
                    )
                )
            who = Principal(CallerKind.SESSION, user.username, user.id, begun.session_id, address=origin.address)
            told = {"provider": provider.slug, "subject": claims["sub"]}
            await record(session, now, who, _of_user("auth.oidc_link", user, after=told))

    async def _spend(self, begun: Begun) -> None:
        """A way back is gone once. Raises VedetteError `oidc.state`."""
        now = self._clock.now_ms()
        try:
            async with self._database.write() as session:
                await session.execute(delete(OidcSpentRow).where(OidcSpentRow.expires_ms <= now))
                session.add(OidcSpentRow(state_hash=flow.state_hash(begun.state), expires_ms=begun.expires_ms))
        except IntegrityError as error:
            raise VedetteError(
                ErrorKind.UNAUTHENTICATED, "oidc.state", "This login was finished already. Log in again."
            ) from error

    async def _provider(self, slug: str) -> OidcProviderRow:
        async with self._database.read() as session:
            statement = select(OidcProviderRow).where(OidcProviderRow.slug == slug, OidcProviderRow.enabled)
            row = await session.scalar(statement)
        if row is None:
            raise _unknown()
        return row

    async def _audit_failure(
        self, action: str, slug: str, provider: OidcProviderRow | None, error: VedetteError, origin: Origin
    ) -> None:
        nobody = Principal(CallerKind.NOBODY, f"oidc:{slug[:100]}", address=origin.address)
        denied = error.kind in (ErrorKind.FORBIDDEN, ErrorKind.CONFLICT) or error.code == "oidc.locked"
        entry = Entry(
            action,
            "denied" if denied else "failed",
            "oidc_provider",
            str(provider.id) if provider is not None else None,
            provider.name if provider is not None else None,
            detail=f"{error.code}: {error.message}",
        )
        async with self._database.write() as session:
            await record(session, self._clock.now_ms(), nobody, entry)


async def _identity_of(session: AsyncSession, provider_id: UUID, user_id: UUID) -> OidcIdentityRow | None:
    statement = select(OidcIdentityRow).where(
        OidcIdentityRow.provider_id == provider_id, OidcIdentityRow.user_id == user_id
    )
    return await session.scalar(statement)


def _of_user(action: str, user: UserRow, *, after: dict[str, Any] | None = None, detail: str = "") -> Entry:
    return Entry(action, "ok", "user", str(user.id), user.username, after=after, detail=detail)


def _told(provider: OidcProviderRow, error: str | None) -> VedetteError:
    """The provider's own refusal (RFC 6749, section 4.1.2.1)."""
    if error == "access_denied":
        return VedetteError(
            ErrorKind.FORBIDDEN, "oidc.denied", f"{provider.name} did not let you in, or you cancelled."
        )
    shown = "".join(one for one in (error or "no code") if one.isprintable())[:60]
    return VedetteError(
        ErrorKind.UNAVAILABLE, "oidc.provider_answer", f"{provider.name} answers {shown}. Tell your administrator."
    )


def _unknown() -> VedetteError:
    return not_found("oidc.unknown_provider", "There is no such sign-in provider (any more).")


def _locked() -> VedetteError:
    return VedetteError(
        ErrorKind.UNAUTHENTICATED, "oidc.locked", "There were too many attempts from your address. Wait some minutes."
    )


def _disabled() -> VedetteError:
    return VedetteError(ErrorKind.FORBIDDEN, "oidc.disabled", "Your account is disabled. Ask an administrator.")


def _no_account(provider: OidcProviderRow) -> VedetteError:
    return VedetteError(
        ErrorKind.FORBIDDEN,
        "oidc.no_account",
        f"{provider.name} knows you, but you have no account here. Ask an administrator for one, or link "
        f"{provider.name} in your profile if you have one.",
    )
