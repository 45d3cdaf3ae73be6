"""Access that lasts as long as a socket or a long download: asked for again and again, so that a person who lost it is
out in seconds."""

import asyncio
from dataclasses import replace
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import HTTPConnection
from starlette.types import Scope

from vedette.access.permissions import Permission
from vedette.access.principal import Principal
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.logs import get_logger
from vedette.http.access import HELD, Authority, authority_of, refused
from vedette.http.deps import clock_of
from vedette.http.refusals import PRINCIPAL

log = get_logger("access")

RECHECK_S = 2.0
# A database that is away for a moment must not end every live view; one that stays away must not leave doors open.
_MOST_FAILURES = 15


async def still_holds(scope: Scope) -> bool:
    """Whether the caller of a request may still do what `require_of` let them in for. True where that is not known, and
    while the database does not answer: an answer ends some time."""
    caller, held = scope.get(PRINCIPAL), scope.get(HELD)
    if not isinstance(caller, Principal) or held is None:
        return True
    connection = HTTPConnection(scope)
    try:
        renewed = await authority_of(connection).renewed(caller)
    except (SQLAlchemyError, OSError) as error:
        log.warning("the rights of a long answer's caller can't be looked at", error=str(error))
        return True
    permission, camera_id = held
    return renewed.may(permission, camera_id, clock_of(connection).now_ms())


class LastingCaller:
    """Somebody whom something is open for. `caller` is as it was when it was last asked for."""

    def __init__(self, authority: Authority, caller: Principal, clock: Clock) -> None:
        self.caller = caller
        self._authority = authority
        self._clock = clock
        self._failures = 0

    async def renew(self) -> Principal:
        """Waits for `RECHECK_S` and asks again. Raises VedetteError `auth.unknown` when the database stays away."""
        await asyncio.sleep(RECHECK_S)
        return await self._ask()

    async def demand(self, permission: Permission, camera_id: UUID | None) -> None:
        """Asks again now, for a request that waits. Raises VedetteError when the caller may not do this any more."""
        caller = await self._ask()
        if not caller.may(permission, camera_id, self._clock.now_ms()):
            raise _lost(caller, permission, camera_id)

    async def _ask(self) -> Principal:
        try:
            self.caller = await self._authority.renewed(self.caller)
            self._failures = 0
        except (SQLAlchemyError, OSError) as error:
            self._failures += 1
            if self._failures == 1:
                log.warning("the rights of an open socket can't be looked at", error=str(error))
            if self._failures >= _MOST_FAILURES:
                raise VedetteError(
                    ErrorKind.UNAVAILABLE, "auth.unknown", "The database does not answer, so nobody is let in."
                ) from error
        return self.caller

    async def until_lost(self, permission: Permission, camera_id: UUID | None) -> VedetteError:
        """Returns why, when the caller may not do this any more."""
        while True:
            try:
                caller = await self.renew()
            except VedetteError as error:
                return error
            if not caller.may(permission, camera_id, self._clock.now_ms()):
                return _lost(caller, permission, camera_id)


class Lasting(LastingCaller):
    """The caller of an open socket or a long answer."""

    def __init__(self, connection: HTTPConnection, caller: Principal, clock: Clock) -> None:
        super().__init__(authority_of(connection), caller, clock)


def _lost(caller: Principal, permission: Permission, camera_id: UUID | None) -> VedetteError:
    """Why somebody who was let in may not go on. A ticket is of the right kind then: what is missing is missing to who
    it was given to."""
    return refused(replace(caller, media=None), permission, camera_id)
