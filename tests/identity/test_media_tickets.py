"""Media tickets through the real app: who gets them, what they open, and when they are over."""

import asyncio
import contextlib
import shutil
import subprocess
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import delete, select
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.support.accounts import session_of
from tests.support.footage import T0, add_stream, camera_of
from tests.support.library import RecordedFile, clip
from tests.support.people import add_user, add_zone, grant
from tests.support.recorder_twin import RecorderTwin, until
from tests.support.world import World, make_world
from vedette.audit.tables import AuditRow
from vedette.db.session import Database
from vedette.http.instants import format_instant
from vedette.identity.tables import GrantRow

pytestmark = pytest.mark.anyio

TICKETS = "/media-tickets"


@dataclass
class Place:
    """Footage of the camera `gate` (6 s from T0 in files of 2 s) and of `yard`; anna manages, bert watches gate."""

    world: World
    files: list[RecordedFile]
    yard_file: RecordedFile
    bert_id: UUID
    anna: dict[str, str]
    bert: dict[str, str]

    async def ask(
        self, path: str, whose: dict[str, str] | None = None, address: str = "127.0.0.1", **params: Any
    ) -> httpx.Response:
        """By default without any login: as a player does."""
        transport = httpx.ASGITransport(self.world.app.app, client=(address, 5000))
        base = "http://127.0.0.1:7070/api/v1"
        async with httpx.AsyncClient(transport=transport, base_url=base) as client:
            return await client.get(path, params=params or None, headers=whose)

    async def tickets(self, whose: dict[str, str], *wanted: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
        body = {"items": list(wanted), **more}
        answer = await self.world.http.post(TICKETS, json=body, headers=whose)
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.json()["items"]
        return items

    async def ticket(self, whose: dict[str, str], kind: str, camera: str = "gate", **more: Any) -> str:
        (item,) = await self.tickets(whose, {"camera": camera, "kind": kind, **more})
        assert item["ticket"], item
        text: str = item["ticket"]
        return text

    def span(self, start_s: float, end_s: float) -> dict[str, Any]:
        return {"start": format_instant(T0 + int(start_s * 1000)), "end": format_instant(T0 + int(end_s * 1000))}


@pytest.fixture
async def place(tmp_path: Path, database: Database) -> AsyncIterator[Place]:
    async with make_world(tmp_path, database) as world:
        yard = await add_stream(database, "yard")
        files = await world.library.record(world.stream_id, T0, clip())
        (other, *_) = await world.library.record(yard, T0, clip(seconds=4.0, width=160, height=90))
        anna, bert = await add_user(database, "anna"), await add_user(database, "bert")
        await grant(database, anna, "admin")
        zone = await add_zone(database, "Front", [world.camera_id])
        await grant(database, bert, "viewer", zone_id=zone)
        await grant(database, bert, "viewer", camera_id=await camera_of(database, yard), until_ms=T0)
        world.app.app.state.authority.forget()
        app = world.app.app
        yield Place(world, files, other, bert, await session_of(app, anna), await session_of(app, bert))


def said(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


def addresses(playlist: str) -> list[tuple[str, str | None]]:
    """What a playlist names: an address, and the bytes of it."""
    found: list[tuple[str, str | None]] = []
    span = None
    for line in playlist.splitlines():
        if line.startswith("#EXT-X-MAP"):
            found.append((line.split('"')[1], None))
        elif line.startswith("#EXT-X-BYTERANGE:"):
            length, offset = map(int, line.partition(":")[2].split("@"))
            span = f"bytes={offset}-{offset + length - 1}"
        elif line and not line.startswith("#"):
            found.append((line, span))
    return found


async def test_a_playlist_with_a_ticket_plays_without_any_login(place: Place) -> None:
    ticket = await place.ticket(place.bert, "playback", **place.span(2, 4))
    answer = await place.ask("/playback/gate/index.m3u8", **place.span(2, 4), ticket=ticket)
    assert answer.status_code == 200, answer.text
    assert answer.headers["referrer-policy"] == "no-referrer"
    named = addresses(answer.text)
    assert len(named) >= 2
    for uri, span in named:
        assert uri.endswith(f"?ticket={ticket}")
        headers = {"Range": span} if span else {}
        fetched = await place.ask(f"/playback/gate/{uri}", headers)
        assert fetched.status_code == (206 if span else 200), fetched.text
    plain = await place.ask("/playback/gate/index.m3u8", place.bert, **place.span(2, 4))
    assert "ticket" not in plain.text, "who logs in needs none"


async def test_a_ticket_is_for_its_camera_kind_and_range_alone(place: Place) -> None:
    live = await place.ticket(place.bert, "live")
    now = await place.ticket(place.bert, "still")
    then = await place.ticket(place.bert, "still", **place.span(2, 4))
    playback = await place.ticket(place.bert, "playback", **place.span(2, 4))
    first, middle, last = place.files
    segment = f"/playback/segments/{middle.id}.mp4"

    async def code(path: str, ticket: str, **more: Any) -> str:
        answer = await place.ask(path, ticket=ticket, **more)
        return "in" if answer.status_code in (200, 206, 503) else said(answer)[1]

    index, yards = "/playback/gate/index.m3u8", "/playback/yard/index.m3u8"
    still = "/cameras/gate/snapshot.jpg"
    at = format_instant(T0 + 2_500)
    for path, ticket, more, wanted in (
        (index, playback, place.span(2, 4), "in"),
        (index, playback, place.span(2.5, 3), "in"),
        (index, playback, {"start": place.span(2, 4)["start"]}, "in"),
        (index, playback, place.span(1, 4), "ticket.range"),
        (index, playback, place.span(2, 5), "ticket.range"),
        (index, live, place.span(2, 4), "ticket.kind"),
        (index, then, place.span(2, 4), "ticket.kind"),
        (yards, playback, place.span(2, 4), "camera.not_found"),
        (segment, playback, {}, "in"),
        (segment, live, {}, "ticket.kind"),
        (f"/playback/segments/{first.id}.mp4", playback, {}, "ticket.range"),
        (f"/playback/segments/{last.id}.mp4", playback, {}, "ticket.range"),
        (f"/playback/segments/{place.yard_file.id}.mp4", playback, {}, "recording.not_found"),
        (still, now, {}, "in"),
        (still, now, {"at": at}, "ticket.kind"),
        (still, then, {"at": at}, "in"),
        (still, then, {}, "ticket.kind"),
        (still, then, {"at": format_instant(T0 + 5_000)}, "ticket.range"),
        (still, playback, {"at": at}, "ticket.kind"),
        (still, live, {}, "ticket.kind"),
        ("/cameras", playback, {}, "ticket.kind"),
        ("/cameras/gate", live, {}, "ticket.kind"),
        ("/coverage", playback, {"camera_id": "gate", **place.span(2, 4)}, "ticket.kind"),
        ("/recordings", playback, {}, "ticket.kind"),
        (f"/recordings/{middle.id}/stream", playback, {}, "ticket.kind"),
        (f"/recordings/{middle.id}/download", playback, {}, "ticket.kind"),
        ("/auth/me", playback, {}, "ticket.kind"),
        ("/api-tokens", playback, {}, "ticket.kind"),
        ("/permissions", playback, {}, "ticket.kind"),
    ):
        assert await code(path, ticket, **more) == wanted, (path, more)


async def test_of_a_file_only_the_bytes_of_the_range(place: Place) -> None:
    """The last second of the first file: from its second key frame on."""
    ticket = await place.ticket(place.bert, "playback", **place.span(1.2, 2))
    playlist = await place.ask("/playback/gate/index.m3u8", **place.span(1.2, 2), ticket=ticket)
    uri, span = addresses(playlist.text)[-1]
    assert span is not None
    begin = int(span.removeprefix("bytes=").partition("-")[0])
    size = place.files[0].path.stat().st_size
    assert 0 < begin < size
    path = f"/playback/gate/{uri}"
    assert (await place.ask(path, {"Range": span})).status_code == 206
    assert (await place.ask(path, {"Range": f"bytes={begin}-"})).status_code == 206
    for header in (None, "bytes=0-", f"bytes={begin - 1}-{begin}", "bytes=0-0", "bytes=0-0,5-9", f"bytes=-{size}"):
        answer = await place.ask(path, {"Range": header} if header else {})
        assert said(answer) == (403, "ticket.range"), header


async def test_a_ticket_is_of_no_use_to_others(place: Place) -> None:
    ticket = await place.ticket(place.bert, "playback", **place.span(2, 4))
    index = "/playback/gate/index.m3u8"
    asked = {**place.span(2, 4), "ticket": ticket}
    assert (await place.ask(index, place.bert, **asked)).status_code == 200
    assert said(await place.ask(index, address="192.0.2.7", **asked)) == (403, "ticket.address")
    assert said(await place.ask(index, place.anna, **asked)) == (403, "ticket.of_another")
    cookie = {"Cookie": f"vedette_access={place.anna['Authorization'].split()[1]}"}
    assert said(await place.ask(index, cookie, **asked)) == (403, "ticket.of_another")
    old = {"Cookie": "vedette_access=a.b.c"}
    assert (await place.ask(index, old, **asked)).status_code == 200, "what is no good says nothing"
    changed = ticket[:-1] + ("A" if ticket[-1] != "A" else "B")
    for bad in (changed, "", "x", ticket + "A"):
        answer = await place.ask(index, place.bert, **place.span(2, 4), ticket=bad)
        assert said(answer) == (401, "ticket.invalid"), "also with a good login"


async def test_a_ticket_outlives_the_access_token_but_not_its_own_end(place: Place) -> None:
    ticket = await place.ticket(place.bert, "playback", **place.span(2, 4))
    short = await place.tickets(place.bert, {"camera": "gate", "kind": "playback", **place.span(2, 4)}, seconds=5)
    index = "/playback/gate/index.m3u8"
    place.world.clock.advance(6)
    answer = await place.ask(index, **place.span(2, 4), ticket=short[0]["ticket"])
    assert said(answer) == (401, "ticket.expired")
    place.world.clock.advance(290)
    assert (await place.ask(index, **place.span(2, 4), ticket=ticket)).status_code == 200
    place.world.clock.advance(5)
    assert said(await place.ask(index, **place.span(2, 4), ticket=ticket)) == (401, "ticket.expired")


async def test_a_ticket_ends_with_its_session_its_owner_and_the_permission(place: Place) -> None:
    index = "/playback/gate/index.m3u8"

    async def works(ticket: str) -> bool:
        await asyncio.sleep(1.1)  # what was read is old then
        return (await place.ask(index, **place.span(2, 4), ticket=ticket)).status_code == 200

    ticket = await place.ticket(place.bert, "playback", **place.span(2, 4))
    assert await works(ticket)
    assert (await place.world.http.post("/auth/logout", headers=place.bert)).status_code == 204
    assert not await works(ticket)

    again = await session_of(place.world.app.app, place.bert_id)
    ticket = await place.ticket(again, "playback", **place.span(2, 4))
    assert await works(ticket)
    async with place.world.database.write() as session:
        await session.execute(delete(GrantRow).where(GrantRow.user_id == place.bert_id, GrantRow.zone_id.is_not(None)))
    assert not await works(ticket)
    await grant(place.world.database, place.bert_id, "viewer")
    assert await works(ticket)
    answer = await place.world.http.post(f"/users/{place.bert_id}/disable", headers=place.anna)
    assert answer.status_code == 200
    assert not await works(ticket)


async def test_a_token_s_ticket_has_the_token_s_limits(place: Place) -> None:
    given = {"name": "wall", "permissions": ["playback.view", "camera.view"], "cameras": [str(place.world.camera_id)]}
    made = (await place.world.http.post("/api-tokens", json=given, headers=place.anna)).json()
    use = {"Authorization": f"Bearer {made['token']}"}
    span = place.span(2, 4)
    wanted = [{"camera": "gate", "kind": "playback", **span}, {"camera": "yard", "kind": "playback", **span}]
    one, two, three = await place.tickets(use, *wanted, {"camera": "gate", "kind": "live"})
    assert (two["ticket"], two["code"]) == (None, "camera.not_found")
    assert (three["ticket"], three["code"]) == (None, "token.scope")
    index = "/playback/gate/index.m3u8"
    assert (await place.ask(index, **span, ticket=one["ticket"])).status_code == 200
    narrower = {"permissions": ["camera.view"]}
    await place.world.http.patch(f"/api-tokens/{made['id']}", json=narrower, headers=place.anna)
    await asyncio.sleep(1.1)
    assert said(await place.ask(index, **span, ticket=one["ticket"]))[0] in (403, 404)
    await place.world.http.delete(f"/api-tokens/{made['id']}", headers=place.anna)
    await asyncio.sleep(1.1)
    assert said(await place.ask(index, **span, ticket=one["ticket"])) == (401, "ticket.over")


async def test_who_gets_tickets(place: Place) -> None:
    gate = {"camera": "gate", "kind": "live"}
    login = {"Authorization": ""}
    nobody = await place.world.http.post(TICKETS, json={"items": [gate]}, headers=login)
    assert said(nobody) == (401, "auth.needed")
    items = await place.tickets(place.bert, gate, {"camera": "yard", "kind": "live"}, {"camera": "x", "kind": "live"})
    assert [(item["ticket"] is not None, item["code"]) for item in items] == [
        (True, None),
        (False, "camera.not_found"),
        (False, "camera.not_found"),
    ]
    ticket = items[0]["ticket"]
    chain = await place.world.http.post(TICKETS, json={"items": [gate]}, params={"ticket": ticket}, headers=login)
    assert said(chain) == (403, "ticket.kind"), "a ticket makes no ticket"
    span = place.span(2, 4)
    for bad in (
        {"camera": "gate", "kind": "playback"},
        {"camera": "gate", "kind": "live", **span},
        {"camera": "gate", "kind": "playback", "start": span["end"], "end": span["start"]},
        {"camera": "gate", "kind": "playback", "start": "2020-01-01T00:00:00Z", "end": "2020-03-01T00:00:00Z"},
        {"camera": "gate", "kind": "still", "start": span["start"]},
        {"camera": "gate", "kind": "moon"},
        {"camera": "", "kind": "live"},
    ):
        assert (await place.world.http.post(TICKETS, json={"items": [bad]}, headers=place.bert)).status_code == 422, bad
    bodies: list[dict[str, Any]] = [{"items": []}, {"items": [gate] * 257}, {"items": [gate], "seconds": 4}]
    for body in bodies:
        assert (await place.world.http.post(TICKETS, json=body, headers=place.bert)).status_code == 422


async def closed(socket: ClientConnection) -> int | None:
    with contextlib.suppress(ConnectionClosed):
        while True:
            await socket.recv()
    return socket.close_code


async def test_a_live_socket_goes_on_after_the_ticket_and_ends_with_the_person(place: Place) -> None:
    world = place.world
    async with RecorderTwin(world.app.data / "run") as recorder:
        recorder.stream(world.stream_id, world.app.data).set_status("recording")
        await until(lambda: world.app.hub.status(world.stream_id), "the hub knows the stream")
        url = f"ws://{world.app.address}/api/v1/live/gate/mse"
        playback = await place.ticket(place.bert, "playback", **place.span(2, 4))
        async with connect(f"{url}?ticket={playback}", compression=None) as socket:
            assert await closed(socket) == 4403
        ticket = await place.ticket(place.bert, "live")
        async with connect(f"{url}?ticket={ticket}", compression=None) as socket:
            await socket.recv()
            world.clock.advance(400)  # the ticket is over
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(4):
                    await closed(socket)
            users = f"/users/{place.bert_id}/disable"
            assert (await world.http.post(users, headers=place.anna)).status_code == 200
            async with asyncio.timeout(5):
                assert await closed(socket) == 4401
        async with connect(f"{url}?ticket={ticket}", compression=None) as socket:
            assert await closed(socket) == 4401


async def test_tickets_stand_in_no_audit_entry(place: Place) -> None:
    ticket = await place.ticket(place.bert, "playback", **place.span(2, 4))
    await place.ask("/playback/gate/index.m3u8", **place.span(2, 4), ticket=ticket)
    await asyncio.sleep(1.5)
    async with place.world.database.read() as session:
        rows = list(await session.scalars(select(AuditRow)))
    views = [row for row in rows if row.action == "playback.view"]
    assert [(row.actor_kind, row.actor_name, row.address) for row in views] == [("ticket", "bert", "127.0.0.1")]
    assert all(ticket not in str(vars(row)) for row in rows)


@pytest.mark.ffmpeg
async def test_any_player_plays_a_playlist_with_a_ticket(place: Place) -> None:
    ticket = await place.ticket(place.bert, "playback", **place.span(0, 6))
    query = httpx.QueryParams({**place.span(0, 6), "ticket": ticket})
    url = f"http://{place.world.app.address}/api/v1/playback/gate/index.m3u8?{query}"
    ffprobe = shutil.which("ffprobe")
    assert ffprobe is not None
    counted = await asyncio.to_thread(
        subprocess.run,
        [ffprobe, "-v", "error", "-count_frames", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", url],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (counted.returncode, counted.stdout.split()[:1]) == (0, ["150"]), counted.stderr
