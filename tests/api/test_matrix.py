"""Who may do what: every operation of the API and every socket, for every kind of caller.

The table says for each operation what it takes. An operation that is not in it fails the test: whoever adds one decides
here who may use it, apart from what the route declares.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import delete
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.support.footage import T0, add_stream, camera_of
from tests.support.library import clip
from tests.support.people import add_user, add_zone, as_user, grant, let_in_by_header
from tests.support.recorder_twin import RecorderTwin, until
from tests.support.world import NOW, World, make_world
from vedette.api.app import create_app
from vedette.db.session import Database
from vedette.http.instants import format_instant
from vedette.identity.tables import UserRow
from vedette.settings import Settings

pytestmark = pytest.mark.anyio

# What an operation takes. WATCH, WORK and CHANGE are of the camera `gate`.
ANYBODY, ACCOUNT = "anybody", "any account"
WATCH, WORK, CHANGE = "viewer of the camera", "operator of the camera", "admin of the camera"
OVERSEE, MANAGE = "operator everywhere", "admin everywhere"

OPERATIONS = {
    "list_cameras": ACCOUNT,
    "create_camera": MANAGE,
    "probe_address": MANAGE,
    "probe_camera": CHANGE,
    "get_camera": WATCH,
    "replace_camera": CHANGE,
    "update_camera": CHANGE,
    "delete_camera": CHANGE,
    "get_recording_status": WATCH,
    "start_recording": WORK,
    "stop_recording": WORK,
    "follow_recording_mode": WORK,
    "list_removed": ACCOUNT,
    "delete_footage": CHANGE,
    "get_camera_health": WATCH,
    "snapshot": WATCH,
    **dict.fromkeys(("live_mjpeg", "addresses"), WATCH),
    **dict.fromkeys(("whep_open", "whep_options", "whep_close"), WATCH),
    **dict.fromkeys(("live_hls", "live_playlist", "live_plain_playlist"), WATCH),
    **dict.fromkeys(("live_init", "live_segment", "live_part"), WATCH),
    "list_encoders": OVERSEE,
    "list_qualities": WATCH,
    **dict.fromkeys(("list_live_sessions", "end_live_session", "report_live_session"), ACCOUNT),
    **dict.fromkeys(("list_live_history", "export_live_history", "sum_live_history"), ACCOUNT),
    "count_live_viewers": WATCH,
    "count_all_live_viewers": ACCOUNT,
    **dict.fromkeys(("list_recordings", "sum_recordings", "list_gaps", "sum_gaps"), ACCOUNT),
    **dict.fromkeys(("get_coverage_report", "verify_coverage_report", "list_signing_keys"), ACCOUNT),
    "get_coverage_report_file": MANAGE,
    "get_recording": WATCH,
    "delete_recording": CHANGE,
    "download_recording": WORK,
    "stream_recording": WATCH,
    "get_coverage": WATCH,
    "get_calendar": WATCH,
    "get_coverage_days": WATCH,
    **dict.fromkeys(("playlist", "master", "streams"), WATCH),
    "instant": WATCH,
    "list_previews": WATCH,
    "find_changes": WATCH,
    "preview_sheet": WATCH,
    "init": WATCH,
    "segment": WATCH,
    "stats": OVERSEE,
    "list_volumes": OVERSEE,
    "add_volume": MANAGE,
    "change_volume": MANAGE,
    "remove_volume": MANAGE,
    "add_bucket": MANAGE,
    "change_bucket": MANAGE,
    "check_bucket": MANAGE,
    "move_footage": MANAGE,
    "list_moves": MANAGE,
    "get_move": MANAGE,
    "cancel_move": MANAGE,
    "check_location": MANAGE,
    "list_permissions": ACCOUNT,
    "get_system": ACCOUNT,
    "get_preferences": ACCOUNT,
    "set_preferences": MANAGE,
    "finish_setup": MANAGE,
    "add_demo_cameras": MANAGE,
    "healthz": ANYBODY,
    "readyz": ANYBODY,
    "list_audit": MANAGE,
    "export_audit": MANAGE,
    "verify_audit": MANAGE,
    "report_audit": MANAGE,
    "get_audit_entry": MANAGE,
    "get_user_permissions": MANAGE,
    **dict.fromkeys(("get_setup", "set_up", "log_in", "refresh_tokens", "log_out"), ANYBODY),
    **dict.fromkeys(
        ("get_me", "change_password", "list_my_sessions", "end_my_session", "end_my_other_sessions", "change_me"),
        ACCOUNT,
    ),
    **dict.fromkeys(("begin_totp", "confirm_totp", "disable_totp"), ACCOUNT),
    **dict.fromkeys(("list_offered_providers", "start_oidc_login", "finish_oidc_login"), ANYBODY),
    **dict.fromkeys(("begin_oidc_link", "list_my_identities", "unlink_my_identity"), ACCOUNT),
    **{f"{verb}_oidc_provider": MANAGE for verb in ("create", "get", "update", "delete", "test")},
    "list_oidc_providers": MANAGE,
    **dict.fromkeys(("list_users", "create_user", "get_user", "update_user", "delete_user"), MANAGE),
    **dict.fromkeys(("disable_user", "enable_user", "set_user_password", "reset_user_totp"), MANAGE),
    **dict.fromkeys(("list_user_sessions", "end_user_sessions", "end_user_session"), MANAGE),
    **{f"{verb}_api_token": ACCOUNT for verb in ("create", "get", "update", "revoke")},  # one's own
    **dict.fromkeys(("list_api_tokens", "get_api_token_usage", "create_media_tickets"), ACCOUNT),
    **dict.fromkeys(("list_share_links", "create_share_link", "withdraw_share_link"), ACCOUNT),
    **dict.fromkeys(("get_share", "open_share"), ANYBODY),
    **dict.fromkeys(("move_camera", "list_presets", "go_to_preset", "talk_to_camera"), WORK),
    **{f"{verb}_wall": ACCOUNT for verb in ("create", "get", "update", "delete")},  # one's own
    **dict.fromkeys(("list_walls", "list_wall_zones"), ACCOUNT),
    **{f"{verb}_bookmark": ACCOUNT for verb in ("create", "get", "update", "delete")},  # none of theirs is there
    "list_bookmarks": ACCOUNT,
    "list_wall_roles": OVERSEE,
    "get_metrics": OVERSEE,
    **{
        f"{verb}_{thing}": MANAGE
        for thing in ("role", "group", "zone", "grant")
        for verb in ("create", "get", "update", "delete")
        if (verb, thing) != ("update", "grant")
    },
    **{f"list_{things}": MANAGE for things in ("roles", "groups", "zones", "grants")},
}

UNCLAIMED, NOBODY = "no account yet", "nobody"
CALLERS = (UNCLAIMED, NOBODY, "viewer of the zone", "viewer elsewhere", "operator", "admin", "expired", "out of hours")
IN, SETUP, LOGIN, FORBIDDEN, UNSEEN = "in", "401 set up first", "401", "403", "404"


def expected(takes: str, caller: str) -> str:
    """The cell of the table."""
    if takes == ANYBODY:
        return IN
    if caller in (UNCLAIMED, NOBODY):
        return SETUP if caller == UNCLAIMED else LOGIN
    if takes == ACCOUNT or caller == "admin":
        return IN
    if caller == "operator":
        return IN if takes in (WATCH, WORK, OVERSEE) else FORBIDDEN
    if takes in (OVERSEE, MANAGE):
        return FORBIDDEN
    if caller == "viewer of the zone":
        return IN if takes == WATCH else FORBIDDEN
    return UNSEEN


def answered(answer: httpx.Response) -> str:
    """What an answer means. Let in is also who is told that the input is bad, or that something else is not there."""
    code = answer.json()["code"] if answer.status_code in (401, 403, 404) else ""
    if code in ("auth.setup_needed", "auth.needed"):
        return SETUP if code == "auth.setup_needed" else LOGIN
    if code == "auth.forbidden":
        return FORBIDDEN
    if code in ("camera.not_found", "recording.not_found"):
        return UNSEEN
    assert answer.status_code < 500 or answer.status_code == 503, answer.text  # 503: no recorder, no picture
    return IN


@dataclass
class Place:
    """The camera `gate` in a zone, `old` removed from it, `yard` in another, footage of all, and the people."""

    world: World
    people: dict[str, UUID | None]
    gate: UUID
    old: UUID
    yard: UUID
    gate_recording: UUID
    yard_recording: UUID

    def values(self) -> dict[str, str]:
        """Good parameters that mean what is in the zone."""
        return {
            "camera": str(self.gate),
            "camera_id": str(self.gate),
            "recording_id": str(self.gate_recording),
            "segment_id": str(self.gate_recording),
            "digest": clip().init.digest,
            "rendition": "main",
            **dict.fromkeys(("window", "msn", "number"), "1"),
            "volume_id": str(self.world.library.volume_id),
            "start": format_instant(T0),
            "end": format_instant(T0 + 6000),
            "t": format_instant(T0),
            "month": "2023-11",
        }

    async def ask(self, method: str, path: str, operation: dict[str, Any], caller: str) -> httpx.Response:
        """The operation with good parameters, and a body that nobody accepts."""
        values = self.values()
        if operation["operationId"] == "delete_footage":
            values["camera_id"] = str(self.old)
        query = {}
        for parameter in operation.get("parameters", []):
            name = parameter["name"]
            if parameter["in"] == "path":
                path = path.replace("{" + name + "}", values.get(name) or str(uuid4()))
            elif parameter.get("required"):
                query[name] = values[name]
        headers = as_user(self.people.get(caller)) | {"If-Match": '"none"'}
        body = {"nothing": 1} if "requestBody" in operation else None
        url = f"http://{self.world.app.address}{path}"
        return await self.world.http.request(method, url, params=query, json=body, headers=headers)


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """Those that delete come last: they leave nothing to ask about."""
    found = [
        (method.upper(), path, operation)
        for path, methods in create_app(Settings()).openapi()["paths"].items()
        for method, operation in methods.items()
    ]
    return sorted(found, key=lambda one: one[0] == "DELETE")


@asynccontextmanager
async def make_place(tmp_path: Path, database: Database) -> AsyncIterator[Place]:
    async with make_world(tmp_path, database) as world:
        let_in_by_header(world.app.app)
        old, yard = await add_stream(database, "old", deleted_ms=NOW - 1000), await add_stream(database, "yard")
        old_id, yard_id = await camera_of(database, old), await camera_of(database, yard)
        recorded = await world.library.record(world.stream_id, T0, clip())
        await world.library.record(old, T0, clip())
        elsewhere = await world.library.record(yard, T0, clip(seconds=4.0, width=160, height=90))
        front = await add_zone(database, "Front", [world.camera_id, old_id])
        back = await add_zone(database, "Back", [yard_id])
        people: dict[str, UUID | None] = {NOBODY: None}
        for caller in CALLERS[2:]:
            people[caller] = await add_user(database, caller.replace(" ", "-"), password_hash="fits nothing")
        await grant(database, _id(people, "viewer of the zone"), "viewer", zone_id=front)
        await grant(database, _id(people, "viewer elsewhere"), "viewer", zone_id=back)
        await grant(database, _id(people, "operator"), "operator")
        await grant(database, _id(people, "admin"), "admin")
        await grant(database, _id(people, "expired"), "viewer", zone_id=front, until_ms=NOW)
        tomorrow = {"timezone": "UTC", "week": [[], [], [["00:00", "24:00"]], [], [], [], []]}  # it is a Tuesday
        await grant(database, _id(people, "out of hours"), "viewer", zone_id=front, hours=tomorrow)
        yield Place(world, people, world.camera_id, old_id, yard_id, recorded[0].id, elsewhere[0].id)


def _id(people: dict[str, UUID | None], caller: str) -> UUID:
    user_id = people[caller]
    assert user_id is not None
    return user_id


@pytest.fixture
async def place(tmp_path: Path, database: Database) -> AsyncIterator[Place]:
    async with make_place(tmp_path, database) as place:
        yield place


def test_the_table_has_every_operation_and_no_other() -> None:
    assert {operation["operationId"] for _, _, operation in operations()} == set(OPERATIONS)


@pytest.mark.parametrize("caller", CALLERS)
async def test_every_operation(place: Place, caller: str) -> None:
    await _prepare(place, caller)
    wrong = []
    for method, path, operation in operations():
        name = operation["operationId"]
        found = answered(await place.ask(method, path, operation, caller))
        wanted = expected(OPERATIONS[name], caller)
        if found != wanted:
            wrong.append(f"{caller} at {name}: {found} instead of {wanted}")
    assert wrong == []


@pytest.mark.parametrize("caller", CALLERS)
async def test_every_socket(place: Place, caller: str) -> None:
    """A refused socket says why in its close frame: 4401, 4403 or 4404."""
    await _prepare(place, caller)
    assert await _first(place, f"/live/{place.gate}/mse", caller) == expected(WATCH, caller)
    assert await _first(place, "/live/gate/mse", caller) == expected(WATCH, caller)
    assert await _first(place, "/events", caller) == expected(ACCOUNT, caller)
    # Its tiles are let in one by one.
    assert await _first(place, "/live/wall", caller) == expected(ACCOUNT, caller)


async def _prepare(place: Place, caller: str) -> None:
    if caller == UNCLAIMED:
        async with place.world.database.write() as session:
            await session.execute(delete(UserRow))


async def _first(place: Place, path: str, caller: str) -> str:
    """IN when something is said, else the code that it is closed with."""
    async with RecorderTwin(place.world.app.data / "run") as recorder:
        stream = recorder.stream(place.world.stream_id, place.world.app.data)
        stream.set_status("recording")
        await until(lambda: place.world.app.hub.status(place.world.stream_id), "the hub knows the stream")
        headers = as_user(place.people.get(caller))
        url = f"ws://{place.world.app.address}/api/v1{path}"
        async with connect(url, additional_headers=headers, compression=None) as socket:
            try:
                await socket.recv()
                return IN
            except ConnectionClosed:
                closed = str((socket.close_code or 0) - 4000)
                return SETUP if closed == LOGIN and "no accounts yet" in (socket.close_reason or "") else closed


async def test_metrics_are_for_those_who_see_the_system_and_for_this_machine_where_that_is_set(place: Place) -> None:
    far = httpx.ASGITransport(place.world.app.app, client=("192.0.2.7", 5000))
    async with httpx.AsyncClient(transport=far, base_url="http://127.0.0.1:7070") as client:
        for open_here in (False, True):
            set_open(place, open_here)
            for caller, status in ((NOBODY, 401), ("viewer of the zone", 403), ("operator", 200)):
                answer = await client.get("/metrics", headers=as_user(place.people[caller]))
                assert answer.status_code == status, caller
    url = f"http://{place.world.app.address}/metrics"
    assert (await place.world.http.get(url)).status_code == 200
    through_a_proxy = await place.world.http.get(url, headers={"X-Forwarded-For": "192.0.2.7"})
    assert through_a_proxy.status_code == 401
    set_open(place, False)
    assert (await place.world.http.get(url)).status_code == 401


def set_open(place: Place, metrics_open: bool) -> None:
    state = place.world.app.app.state
    state.settings = state.settings.model_copy(update={"metrics_open": metrics_open})
