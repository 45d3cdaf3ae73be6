"""The rules of giving out media tickets: to who may see it now, for minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from vedette.access.permissions import Permission
from vedette.access.principal import CallerKind, MediaKind, Principal
from vedette.core.clock import Clock
from vedette.core.errors import VedetteError
from vedette.db.session import Database
from vedette.http.access import no_camera, refused, session_needed
from vedette.http.refusals import Refused
from vedette.identity import camera_keys
from vedette.identity.tickets.ticket import Bearer, Ticket, TicketKeys
from vedette.identity.tickets.way_in import permission_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """A ticket that is asked for; `camera` is an id or slug."""

    camera: str
    kind: MediaKind
    start_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What it came to: a ticket with its end, or why there is none."""

    wanted: Wanted
    camera_id: UUID | None
    ticket: str | None
    expires_ms: int | None
    life_s: int | None = None
    refused: VedetteError | None = None


class TicketService:
    """`life_s`: how long tickets are good for, unless shorter ones are asked for."""

    def __init__(self, database: Database, clock: Clock, keys: TicketKeys, life_s: int) -> None:
        self._database = database
        self._clock = clock
        self._keys = keys
        self._life_s = life_s

    async def give(self, wanted: Sequence[Wanted], life_s: int | None, caller: Principal) -> list[Given]:
        """One answer for each, in order: a wall shows what it may when one camera of it is gone. Raises VedetteError
        `auth.session_needed` for who has neither a session nor a token that a ticket could last as long as."""
        bearer, bearer_id = _bearer_of(caller)
        if caller.user_id is None or bearer_id is None:
            raise session_needed()
        now = self._clock.now_ms()
        good_for_s = min(life_s or self._life_s, self._life_s)
        expires_s = now // 1000 + good_for_s
        async with self._database.read() as session:
            ids = {key: await camera_keys.find(session, key) for key in {one.camera for one in wanted}}
        given = []
        for one in wanted:
            camera_id = ids[one.camera]
            why = _why_not(caller, one, camera_id, now)
            if why is not None or camera_id is None:
                given.append(Given(one, None, None, None, refused=why))
                continue
            ticket = Ticket(one.kind, caller.user_id, bearer, bearer_id, camera_id, expires_s, one.start_ms, one.end_ms)
            given.append(Given(one, camera_id, self._keys.sign(ticket, caller.address), expires_s * 1000, good_for_s))
        return given


def _bearer_of(caller: Principal) -> tuple[Bearer, UUID | None]:
    if caller.kind is CallerKind.TOKEN:
        return Bearer.TOKEN, caller.token_id
    return Bearer.SESSION, caller.session_id if caller.kind is CallerKind.SESSION else None


def _why_not(caller: Principal, wanted: Wanted, camera_id: UUID | None, now_ms: int) -> VedetteError | None:
    permission = permission_of(wanted.kind, ranged=wanted.start_ms is not None)
    if camera_id is not None and caller.may(permission, camera_id, now_ms):
        return None
    if camera_id is None or not caller.may(Permission.CAMERA_VIEW, camera_id, now_ms):
        return Refused.hidden(no_camera(wanted.camera), permission, camera_id)
    return refused(caller, permission, camera_id)
