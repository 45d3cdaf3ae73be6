"""A view that began with a ticket goes on after the ticket's end while it is asked for, and nothing else does."""

import httpx
import pytest

from tests.live.hls.scene import PLAYLIST, begin, listed, write
from tests.support.accounts import add_user, session_of, signed_in
from tests.support.recorder_twin import RecorderTwin, StreamTwin, until
from tests.support.running import RunningApp, StillClock
from vedette.core.clock import ManualClock
from vedette.identity.tickets.views import SILENT_S, TicketViews

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(120)]

HLS = "/api/v1/live/gate/hls/main/plain.m3u8"
PLAIN = PLAYLIST.replace("index", "plain")
LIFE_S = 300


def test_a_view_goes_on_while_it_asks_and_only_as_hls() -> None:
    clock = ManualClock()
    views = TicketViews(clock)
    assert not views.goes_on("a", HLS)
    views.keep("a")
    for _ in range(20):
        clock.advance(SILENT_S)
        assert views.goes_on("a", HLS)
        views.keep("a")
    assert not views.goes_on("b", HLS)
    for path in ("/api/v1/live/gate/mse", "/api/v1/live/wall", "/api/v1/cameras/gate", "/x/api/v1/live/gate/hls/a"):
        assert not views.goes_on("a", path)
    clock.advance(SILENT_S + 1)
    assert not views.goes_on("a", HLS)
    views.keep("b")
    assert len(views) == 1  # who has gone is not kept
    views.forget("b")
    assert not views.goes_on("b", HLS)
    for number in range(5_000):
        views.keep(str(number))
    assert len(views) == 4_000
    assert views.goes_on("4999", HLS)


async def pass_time(app: RunningApp, stream: StreamTwin, clock: StillClock, seconds: float) -> None:
    """The camera goes on, too: a second of it, which is what a test needs."""
    clock.advance(seconds)
    newest = stream.number
    write(stream)
    write(stream)
    await until(lambda: app.hub.tail(stream.stream_id)[-1].number >= newest, "the parts arrive")


async def ticket_for(app: RunningApp, headers: dict[str, str]) -> str:
    given = await app.http.post(
        "/media-tickets", json={"items": [{"camera": "front-door", "kind": "live"}]}, headers=headers
    )
    ticket: str = given.json()["items"][0]["ticket"]
    return ticket


async def test_a_program_plays_on_after_the_end_of_its_ticket(
    app: RunningApp, recorder: RecorderTwin, clock: StillClock
) -> None:
    stream = await begin(app, recorder)
    anna = await add_user(app.app, "anna", "viewer")
    headers = await session_of(app.app, anna.row.id)
    # What is asked for by the administrator keeps the window there meanwhile.
    ticket, unused = await ticket_for(app, headers), await ticket_for(app, headers)
    clock.advance(1)
    later = await ticket_for(app, headers)
    assert later != ticket
    async with httpx.AsyncClient(base_url=app.http.base_url, timeout=30) as program:

        async def ask(path: str, key: str) -> tuple[int, str]:
            answer = await program.get(path, params={"ticket": key})
            error = answer.headers["content-type"].endswith("json")
            return answer.status_code, answer.json()["code"] if error else answer.text

        for _ in range(2 * LIFE_S // 40):
            status, text = await ask(PLAIN, ticket)
            assert status == 200, text
            newest = listed(text)[-1]
            assert (await program.get(PLAIN.replace("plain.m3u8", newest.uri))).status_code == 200
            await pass_time(app, stream, clock, 40)
        # Not so another one of the same age, nor this one for anything else, nor from elsewhere.
        assert await ask(PLAIN, later) == (401, "ticket.expired")
        if unused != ticket:  # the same second, the same ticket
            assert await ask(PLAIN, unused) == (401, "ticket.expired")
        assert await ask("/cameras/front-door/snapshot.jpg", ticket) == (401, "ticket.expired")
        assert (await ask(PLAIN.replace("front-door", "nowhere"), ticket))[0] == 404
        # It ends with the login that it came from.
        admin = await signed_in(app.app, "chief")  # the tester's login is too old by now
        assert (await ask(PLAIN, ticket))[0] == 200
        assert (await app.http.post(f"/users/{anna.row.id}/disable", headers=admin)).status_code == 200
        await pass_time(app, stream, clock, 2)
        assert await ask(PLAIN, ticket) == (401, "ticket.over")


async def test_a_program_that_paused_needs_a_new_ticket(
    app: RunningApp, recorder: RecorderTwin, clock: StillClock
) -> None:
    stream = await begin(app, recorder)
    ticket = await ticket_for(app, app.headers)
    async with httpx.AsyncClient(base_url=app.http.base_url, timeout=30) as program:
        assert (await program.get(PLAIN, params={"ticket": ticket})).status_code == 200
        await pass_time(app, stream, clock, LIFE_S + SILENT_S)
        answer = await program.get(PLAIN, params={"ticket": ticket})
        assert (answer.status_code, answer.json()["code"]) == (401, "ticket.expired")
