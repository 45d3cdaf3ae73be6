"""What every operation answers to a login, token, ticket or share link that is no good (there, or any more). The answer
follows from what the route demands, by rule."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute

from tests.api.test_demands import demands, routes
from tests.api.test_matrix import Place, make_place, operations
from tests.support.accounts import session_of
from tests.support.footage import T0
from tests.support.world import NOW
from vedette.access.permissions import OF_PEOPLE, Permission
from vedette.access.principal import MediaKind
from vedette.db.session import Database
from vedette.http.instants import format_instant
from vedette.identity.api_tokens.deps import ApiTokens
from vedette.identity.tickets.deps import Tickets
from vedette.identity.tickets.ticket import Bearer
from vedette.vault import open_vault

pytestmark = pytest.mark.anyio

DEMANDS = {route.name: next(demands(route.dependant)) for route in routes() if isinstance(route, APIRoute)}
CASES = (
    "revoked session",
    "expired token",
    "token from elsewhere",
    "token without the permission",
    "token of another camera",
    "ticket",
    "share",
)
# All that is done with a camera; the token has it for another one than the operations are about.
OF_CAMERAS = [
    "camera.view",
    "camera.edit",
    "live.view",
    "playback.view",
    "recording.control",
    "recording.delete",
    "export.create",
    "evidence.lock",
]
# Lists that can't be asked for without a camera.
OF_ONE_CAMERA = {"get_coverage", "get_coverage_days", "get_calendar"}
REFUSED = {
    "revoked session": (401, "auth.revoked"),
    "expired token": (401, "auth.expired"),
    "token from elsewhere": (403, "token.address"),
}


def with_real_ways_in(place: Place) -> None:
    """`make_place` lets people in by a header alone."""
    state, world = place.world.app.app.state, place.world
    authority = state.authority
    authority.ways[:] = [state.accounts.way_in]
    vault = open_vault(state.settings)
    state.api_tokens = ApiTokens.open(world.database, world.clock, vault, state.token_usage, authority)
    state.tickets = Tickets.open(world.database, world.clock, vault, authority, state.api_tokens, 300)
    state.tickets.watch.looks[Bearer.SHARE] = state.shares.look


async def credential(place: Place, case: str) -> tuple[dict[str, str], dict[str, str]]:
    """Headers and parameters of the case."""
    http, app = place.world.http, place.world.app.app
    admin = place.people["admin"]
    assert admin is not None
    login = await session_of(app, admin)
    span = {"start": format_instant(T0), "end": format_instant(T0 + 6000)}
    if case == "revoked session":
        assert (await http.post("/auth/logout", headers=login)).status_code == 204
        return login, {}
    if case == "ticket":
        wanted = {"items": [{"camera": "gate", "kind": "playback", **span}]}
        given = (await http.post("/media-tickets", json=wanted, headers=login)).json()["items"][0]
        return {"Authorization": ""}, {"ticket": given["ticket"]}
    if case == "share":
        body = {"camera": "gate", **span, "expires_at": format_instant(NOW + 86_400_000)}
        made = (await http.post("/share-links", json=body, headers=login)).json()
        opened = (await http.post(f"/share/{made['token']}/open", json={})).json()
        return {"Authorization": ""}, {"ticket": opened["ticket"]}
    given_token: dict[str, Any] = {"name": "x", "permissions": ["live.view", "playback.view"]}
    if case == "expired token":
        given_token["expires_at"] = format_instant(NOW + 1000)
    elif case == "token from elsewhere":
        given_token["networks"] = ["192.0.2.0/24"]
    elif case == "token of another camera":
        given_token |= {"permissions": OF_CAMERAS, "cameras": [str(place.yard)]}
    else:
        given_token["permissions"] = ["talk.use"]
    made = (await http.post("/api-tokens", json=given_token, headers=login)).json()
    if case == "expired token":
        place.world.clock.advance(2)
    return {"Authorization": f"Bearer {made['token']}"}, {}


def wrong(case: str, name: str, answer: httpx.Response) -> bool:
    """Whether this is not the answer that the route's demand calls for."""
    demand = DEMANDS[name]
    code = answer.json().get("code", "") if answer.status_code in (401, 403, 404) else ""
    found = answer.status_code, code
    if case in REFUSED:
        return found != REFUSED[case]
    if case in ("ticket", "share"):
        if MediaKind.PLAYBACK in demand.media:
            return answer.status_code in (401, 403) or code in ("camera.not_found", "recording.not_found")
        return found not in ((403, "ticket.kind"), (403, "auth.forbidden"))  # `/metrics` asks for its permission alone
    if demand.people:
        return found != (403, "auth.session_needed")
    if demand.programs is not None:
        return found != (403, "token.scope")
    if name in OF_ONE_CAMERA and case == "token of another camera":
        return found != (404, "camera.not_found")
    if demand.permission is None or demand.lists:  # one's own account, and lists, which are empty
        return code in ("auth.needed", "auth.forbidden", "token.scope") and name not in OF_ONE_CAMERA
    if demand.permission in OF_PEOPLE:
        return found != (403, "auth.session_needed")
    if case == "token without the permission" and demand.permission in (Permission.TALK, Permission.CAMERA_VIEW):
        return answer.status_code in (401, 403)  # what it is for, and what comes with any permission on the camera
    # Of another camera not even that it is there. That the token lacks the permission is said as what it is.
    return code not in ("token.scope", "camera.not_found", "recording.not_found", "bookmark.not_found")


@pytest.mark.parametrize("case", CASES)
async def test_every_operation(tmp_path: Path, sqlite_database: Database, case: str) -> None:
    found = []
    async with make_place(tmp_path, sqlite_database) as place:
        with_real_ways_in(place)
        headers, query = await credential(place, case)
        for method, path, operation in operations():
            name = operation["operationId"]
            if DEMANDS[name].public:
                continue  # it does not ask who is there
            values, params = place.values(), dict(query)
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "path":
                    path = path.replace("{" + parameter["name"] + "}", values.get(parameter["name"]) or str(place.old))
                elif parameter.get("required"):
                    params[parameter["name"]] = values[parameter["name"]]
            body = {"nothing": 1} if "requestBody" in operation else None
            url = f"http://{place.world.app.address}{path}"
            more = {"Range": "bytes=0-0", "If-Match": '"none"'}
            answer = await place.world.http.request(method, url, params=params, json=body, headers=headers | more)
            if wrong(case, name, answer):
                found.append(f"{name}: {answer.status_code} {answer.text[:120]}")
    assert found == []
