"""Media tickets as a way in: `?ticket=` on the routes that take them. Nothing is read from the database for one but,
once a second, whether what it lasts as long as is still good and what its owner may do."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import HTTPConnection

from vedette.access.permissions import Permission
from vedette.access.policy import Limits
from vedette.access.principal import CallerKind, Media, MediaKind, Principal
from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError
from vedette.identity.authority import Credential, WayIn, address_of
from vedette.identity.tickets.lasting import BearerWatch, Held
from vedette.identity.tickets.ticket import Bearer, Ticket, TicketKeys
from vedette.identity.tickets.views import TicketViews

Item = TypeVar("Item")

PARAMETER = "ticket"


class TicketWayIn:
    """`others` gives the further ways in: a ticket that comes with somebody else's login was taken from its owner."""

    def __init__(
        self,
        clock: Clock,
        keys: TicketKeys,
        watch: BearerWatch,
        views: TicketViews,
        others: Callable[[], Sequence[WayIn]],
    ) -> None:
        self._clock = clock
        self._keys = keys
        self._watch = watch
        self._views = views
        self._others = others

    async def way_in(self, connection: HTTPConnection) -> Credential | None:
        """Whose ticket the request brings. Raises VedetteError `ticket.invalid`, `ticket.expired`, `ticket.over`,
        `ticket.address`, `ticket.of_another`."""
        text = connection.query_params.get(PARAMETER)
        if text is None:
            return None
        ticket = self._keys.read(text)
        over = self._clock.now_ms() >= ticket.expires_s * 1000
        if over and not (ticket.kind is MediaKind.LIVE and self._views.goes_on(text, connection.scope["path"])):
            raise VedetteError(
                ErrorKind.UNAUTHENTICATED, "ticket.expired", "This media ticket has expired. Ask for a new one."
            )
        address = address_of(connection)
        if not self._keys.is_at_home(ticket, address):
            raise VedetteError(
                ErrorKind.FORBIDDEN,
                "ticket.address",
                "This media ticket was given to another address. Ask for one from here.",
            )
        if ticket.bearer is not Bearer.SHARE:
            await self._check_owner(connection, ticket)
        held = await self._watch.held(ticket, address)
        if held is None:
            raise VedetteError(
                ErrorKind.UNAUTHENTICATED,
                "ticket.over",
                "The login, API token or share link that this media ticket came from is over.",
            )
        return _credential(ticket, held)

    async def renewal(self, session: AsyncSession, principal: Principal) -> Limits | None:
        """For the authority: what an open socket or a long answer that began with a ticket may go on with. The ticket's
        own end is not theirs: it is for opening."""
        bearers = (
            (Bearer.SESSION, principal.session_id),
            (Bearer.TOKEN, principal.token_id),
            (Bearer.SHARE, principal.share_id),
        )
        bearer, bearer_id = next(((kind, key) for kind, key in bearers if key is not None), (None, None))
        if bearer is None or bearer_id is None:
            return None
        held = await self._watch.look(session, bearer, bearer_id, principal.address)
        return narrowed(held.limits, principal.limits) if held is not None else None

    async def _check_owner(self, connection: HTTPConnection, ticket: Ticket) -> None:
        for way in self._others():
            try:
                credential = await way(connection)
            except VedetteError:
                continue  # what is no good (an old cookie beside the ticket) says nothing about who it is
            if credential is None:
                continue
            if credential.user_id != ticket.user_id:
                raise VedetteError(
                    ErrorKind.FORBIDDEN, "ticket.of_another", "This media ticket was given to somebody else."
                )
            return


def narrowed(one: Limits, other: Limits) -> Limits:
    """What both leave."""
    permissions = _both(one.permissions, other.permissions)
    return Limits(permissions, _both(one.cameras, other.cameras))


def permission_of(kind: MediaKind, *, ranged: bool) -> Permission:
    """What a ticket gives, and its owner needs. A picture of now is live, one of then is playback."""
    live = kind is MediaKind.LIVE or (kind is MediaKind.STILL and not ranged)
    return Permission.LIVE_VIEW if live else Permission.PLAYBACK_VIEW


def _both(one: frozenset[Item] | None, other: frozenset[Item] | None) -> frozenset[Item] | None:
    if one is None or other is None:
        return one if other is None else other
    return one & other


def _credential(ticket: Ticket, held: Held) -> Credential:
    permission = permission_of(ticket.kind, ranged=ticket.start_ms is not None)
    own = Limits(frozenset({permission}), frozenset({ticket.camera_id}))
    made = Credential(
        CallerKind.TICKET,
        ticket.user_id,
        limits=narrowed(own, held.limits),
        media=Media(ticket.kind, ticket.start_ms, ticket.end_ms),
    )
    if ticket.bearer is Bearer.SESSION:
        return replace(made, session_id=ticket.bearer_id)
    if ticket.bearer is Bearer.TOKEN:
        return replace(made, token_id=ticket.bearer_id, token_name=held.token_name)
    return replace(made, kind=CallerKind.SHARE, share_id=ticket.bearer_id)
