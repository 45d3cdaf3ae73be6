"""The services of accounts put together, and how routes get at them."""

from dataclasses import dataclass
from typing import Annotated

from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.access.policy import UNLIMITED, Limits
from vedette.access.principal import CallerKind
from vedette.core.clock import Clock
from vedette.db.session import Database
from vedette.http.deps import taken
from vedette.identity.auth_service import AuthService
from vedette.identity.authority import AccessAuthority, Credential, address_of
from vedette.identity.passwords import Passwords
from vedette.identity.session_tokens import ACCESS_S
from vedette.identity.sessions import Origin, Sessions, principal_of_credentials
from vedette.identity.users_service import UserService
from vedette.vault import Vault

_NOTHING = Limits(permissions=frozenset[Permission]())


@dataclass(frozen=True, slots=True)
class Accounts:
    """What one process needs. Close it with `close()`."""

    passwords: Passwords
    sessions: Sessions
    auth: AuthService
    users: UserService

    @classmethod
    def open(
        cls,
        database: Database,
        clock: Clock,
        vault: Vault,
        passwords: Passwords | None = None,
        access_s: int = ACCESS_S,
    ) -> "Accounts":
        """All of them over one database. `access_s`: how long access tokens are good."""
        hasher = passwords or Passwords()
        sessions = Sessions(database, clock, vault, access_s)
        auth = AuthService(database, clock, vault, hasher, sessions)
        return cls(hasher, sessions, auth, UserService(database, clock, hasher, sessions))

    async def way_in(self, connection: HTTPConnection) -> Credential | None:
        """Login sessions, for the authority. Who must change their password may do only that."""
        found = await principal_of_credentials(connection, self.sessions)
        if found is None:
            return None
        limits = _NOTHING if found.must_change_password else UNLIMITED
        return Credential(CallerKind.SESSION, found.user_id, found.session_id, limits=limits)

    def close(self) -> None:
        """Ends the hashing threads."""
        self.passwords.close()


def accounts_of(connection: HTTPConnection) -> Accounts:
    """The app's ones."""
    accounts: Accounts = connection.app.state.accounts
    return accounts


AccountsDep = Annotated[Accounts, taken(accounts_of)]


def accounts_changed(connection: HTTPConnection) -> None:
    """What this process knows of accounts is read again."""
    authority: AccessAuthority = connection.app.state.authority
    authority.forget()


def origin_of(connection: HTTPConnection) -> Origin:
    """Address and program of the caller."""
    return Origin(address_of(connection), connection.headers.get("user-agent", ""))
