"""/media-tickets: short-lived keys for players, which can't send headers."""

from fastapi import APIRouter

from vedette.http.access import Caller, signed_in
from vedette.http.problem import responses
from vedette.identity.tickets.deps import Service
from vedette.identity.tickets.schemas import TicketGiven, TicketsGiven, TicketsWanted
from vedette.identity.tickets.service import Given, Wanted

router = APIRouter(prefix="/media-tickets", tags=["accounts"], dependencies=[signed_in()])


@router.post("", summary="Get tickets for media", responses=responses(401, 403, 422))
async def create_media_tickets(given: TicketsWanted, service: Service, caller: Caller) -> TicketsGiven:
    """For oneself, where one is: a ticket is refused from another address, with another login, and when the session or
    API token that asked for it has ended. A playlist that is asked for with a ticket has it in its addresses, too."""
    wanted = [Wanted(one.camera, one.kind, one.start, one.end) for one in given.items]
    return TicketsGiven(items=[_out(one) for one in await service.give(wanted, given.seconds, caller)])


def _out(given: Given) -> TicketGiven:
    wanted, why = given.wanted, given.refused
    return TicketGiven(
        camera=wanted.camera,
        camera_id=given.camera_id,
        kind=wanted.kind,
        start=wanted.start_ms,
        end=wanted.end_ms,
        ticket=given.ticket,
        expires_at=given.expires_ms,
        expires_in=given.life_s,
        code=why.code if why is not None else None,
        detail=why.message if why is not None else None,
    )
