"""Who may open a session, how many there can be, and how they end."""

import asyncio
from pathlib import Path

import httpx
import pytest

from tests.live.whep.conftest import Scene, watched
from tests.support.accounts import session_of
from tests.support.offers import offer, video
from tests.support.people import add_user, grant
from tests.support.recording import until
from tests.support.webrtc import SDP, webrtc_viewer
from vedette.live.whep.sessions import Limits
from vedette.media.simulator.server import SimulatorServer

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240)]

OFFER = offer(video(), bundle="0")


async def post(
    scene: Scene, text: str = OFFER, camera: str = "gate", headers: dict[str, str] | None = None, **query: str
) -> httpx.Response:
    return await scene.app.http.post(
        f"/live/{camera}/whep", content=text, headers={**SDP, **(headers or {})}, params=query
    )


async def guest_of(scene: Scene) -> dict[str, str]:
    """The headers of somebody else, who may watch."""
    user_id = await add_user(scene.desk.database, "guest")
    await grant(scene.desk.database, user_id, "viewer")
    return await session_of(scene.app.app, user_id)


async def audited(scene: Scene, action: str, count: int) -> list[dict[str, object]]:
    """The entries of the audit log, once there are so many."""

    async def ask() -> list[dict[str, object]] | None:
        answer = await scene.app.http.get("/audit", params={"action": action})
        items: list[dict[str, object]] = answer.json()["items"]
        return items if len(items) >= count else None

    return await until(f"{count} {action} in the audit log", ask)


async def test_a_view_is_opened_audited_and_deleted(tmp_path: Path, server: SimulatorServer) -> None:
    async with watched(tmp_path, server) as scene:
        answer = await scene.app.http.options("/live/gate/whep")
        assert (answer.status_code, answer.headers["accept-post"]) == (204, "application/sdp")
        async with webrtc_viewer(scene.app.http, "gate") as viewer:
            await viewer.until_frames(5)
            place = viewer.answer.headers["location"]
            assert place.startswith("/api/v1/live/gate/whep/")
            assert viewer.answer.headers["content-type"].startswith("application/sdp")
            patched = await scene.app.http.patch(f"http://{scene.app.address}{place}", content="a=candidate:")
            assert (patched.status_code, patched.json()["code"]) == (405, "whep.no_trickle")
            theirs = await guest_of(scene)
            foreign = await scene.app.http.delete(f"http://{scene.app.address}{place}", headers=theirs)
            assert (foreign.status_code, foreign.json()["code"]) == (404, "whep.no_session")
            deleted = await scene.app.http.delete(f"http://{scene.app.address}{place}")
            assert deleted.status_code == 204
            await viewer.until_over()
        await scene.until_sessions(0)
        again = await scene.app.http.delete(f"http://{scene.app.address}{place}")
        assert again.status_code == 404
        assert len(await audited(scene, "live.view", 1)) == 1
        assert len(await audited(scene, "live.end", 1)) == 1


async def test_who_loses_the_right_sees_nothing_more(tmp_path: Path, server: SimulatorServer) -> None:
    async with watched(tmp_path, server) as scene:
        theirs = await guest_of(scene)
        async with webrtc_viewer(scene.app.http, "gate", headers=theirs) as viewer:
            await viewer.until_frames(5)
            (guest,) = (
                one for one in (await scene.app.http.get("/users")).json()["items"] if one["username"] == "guest"
            )
            answer = await scene.app.http.post(f"/users/{guest['id']}/disable")
            assert answer.status_code < 300, answer.text
            await viewer.until_over(5)
        await scene.until_sessions(0)


async def test_a_ticket_opens_the_camera_that_it_is_for(tmp_path: Path, server: SimulatorServer) -> None:
    async with watched(tmp_path, server) as scene:
        other = await scene.app.add_camera("Other")
        wanted = [
            {"camera": camera, "kind": kind}
            for camera, kind in (("gate", "live"), ("gate", "still"), (other["id"], "live"))
        ]
        answer = await scene.app.http.post("/media-tickets", json={"items": wanted})
        assert answer.status_code in (200, 201), answer.text
        live, still, foreign = (one["ticket"] for one in answer.json()["items"])
        async with httpx.AsyncClient(base_url=scene.app.http.base_url) as nobody:
            statuses = []
            for ticket in (live, still, foreign, "nonsense"):
                given = await nobody.post("/live/gate/whep", content=OFFER, headers=SDP, params={"ticket": ticket})
                statuses.append(given.status_code)
            assert statuses[0] == 201
            assert all(status in (401, 403, 404) for status in statuses[1:]), statuses


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("hello", 422, "whep.bad_offer"),
        ("v=0\r\n" + "a" * 70_000, 422, "whep.bad_offer"),
        (offer(video("0", (96, "VP8"))), 422, "whep.no_h264"),
        (offer(), 422, "whep.no_video"),
    ],
)
async def test_bad_offers(tmp_path: Path, server: SimulatorServer, text: str, status: int, code: str) -> None:
    async with watched(tmp_path, server) as scene:
        answer = await post(scene, text)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert scene.sessions.count == 0


async def test_what_can_not_be_shown_says_so(tmp_path: Path, server: SimulatorServer) -> None:
    async with watched(tmp_path, server) as scene:
        assert (await post(scene, camera="nowhere")).status_code == 404
        wrong = await post(scene, headers={"Content-Type": "application/json"})
        assert (wrong.status_code, wrong.json()["code"]) == (415, "whep.content_type")
        assert (await post(scene, stream="third")).status_code == 422
        await scene.app.add_camera("Silent")
        away = await post(scene, camera="silent")
        assert (away.status_code, away.json()["code"]) == (503, "whep.no_picture")
        assert away.headers["retry-after"]
        huge = await post(scene, "v=0\r\n" + "x" * (2 << 20))
        assert huge.status_code == 413
        assert scene.sessions.count == 0


async def test_there_are_limits(tmp_path: Path, server: SimulatorServer) -> None:
    async with watched(tmp_path, server) as scene:
        scene.sessions.limits = Limits(sessions=6, of_one=4, half_open=5, half_open_of_one=3)
        guest = await guest_of(scene)
        answers = await asyncio.gather(*(post(scene) for _ in range(8)))
        codes = sorted(answer.json()["code"] if answer.status_code != 201 else "" for answer in answers)
        assert codes == [""] * 3 + ["whep.too_many"] * 5
        assert {answer.status_code for answer in answers} == {201, 429}
        others = [await post(scene, headers=guest) for _ in range(4)]
        assert [answer.status_code for answer in others] == [201, 201, 503, 503]
        assert others[-1].json()["code"] == "whep.full"
        # Nobody came: all are forgotten.
        await scene.until_sessions(0)
        assert (await post(scene)).status_code == 201
