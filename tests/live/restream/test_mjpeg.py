"""MJPEG for integrations, and the addresses that a camera has here."""

import asyncio
import io
from collections.abc import AsyncIterator

import av
import httpx
import pytest

from tests.support.restreamed import Place, restreamed
from vedette.live.restream.mjpeg import MAX_OF_STREAM

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(180)]

MJPEG = "/cameras/small/live.mjpeg"


@pytest.fixture(scope="module")
async def place(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    async with restreamed(tmp_path_factory.mktemp("mjpeg") / "data", ("small",)) as place:
        await place.desk.add_camera("nobody", "rtsp://127.0.0.1:1/away")
        yield place


async def pictures(answer: httpx.Response) -> AsyncIterator[bytes]:
    """Those of an answer, each as soon as its end is there."""
    boundary = b"--" + answer.headers["content-type"].partition("boundary=")[2].encode()
    waiting = b""
    async for data in answer.aiter_bytes():
        waiting += data
        *whole, waiting = waiting.split(boundary)
        for part in whole:
            head, _, picture = part.strip(b"\r\n").partition(b"\r\n\r\n")
            if b"image/jpeg" in head:
                assert f"Content-Length: {len(picture)}".encode() in head
                yield picture


async def test_pictures_come_and_are_what_was_asked_for(place: Place) -> None:
    seen: list[bytes] = []
    async with place.app.http.stream("GET", MJPEG, params={"fps": 2, "width": 320}) as answer:
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        async for picture in pictures(answer):
            seen.append(picture)
            if len(seen) == 3:
                break
    assert len(set(seen)) == 3
    with av.open(io.BytesIO(seen[0])) as container:
        assert container.streams.video[0].width == 320


async def test_it_is_refused_in_words(place: Place) -> None:
    http = place.app.http
    for path, status, code in (
        (MJPEG + "?fps=30", 422, "request.invalid"),
        ("/cameras/nobody/live.mjpeg", 503, "snapshot.no_picture"),
        ("/cameras/unheard-of/live.mjpeg", 404, "camera.not_found"),
    ):
        answer = await http.get(path)
        assert (answer.status_code, answer.json().get("code", code)) == (status, code), answer.text
    async with httpx.AsyncClient(base_url=str(http.base_url)) as stranger:
        assert (await stranger.get(MJPEG)).status_code == 401


async def test_it_is_a_live_session_that_can_be_ended(place: Place) -> None:
    http = place.app.http
    token = await place.token()
    headers = {"Authorization": f"Bearer {token.secret}", "User-Agent": "Doorbell/2.1"}
    async with http.stream("GET", MJPEG, headers=headers) as answer:
        got = 0
        async with asyncio.timeout(30):
            async for _ in pictures(answer):
                got += 1
                if got == 1:
                    (one,) = (await http.get("/live/sessions", params={"transport": "mjpeg"})).json()["items"]
                    assert (one["stream"], one["agent"], one["mine"]) == ("main", "Doorbell 2.1", True)
                    assert one["bytes"] > 1000
                    assert (await http.delete(f"/live/sessions/{one['id']}")).status_code == 204
    assert got >= 1
    refused = await http.get(MJPEG, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (403, "live.ended_elsewhere")
    assert int(refused.headers["retry-after"]) <= 60


async def test_who_loses_the_right_loses_the_picture(place: Place) -> None:
    token = await place.token()
    headers = {"Authorization": f"Bearer {token.secret}"}
    async with (
        httpx.AsyncClient(base_url=str(place.app.http.base_url), headers=headers, timeout=30) as client,
        client.stream("GET", MJPEG) as answer,
    ):
        assert answer.status_code == 200
        got = 0
        async with asyncio.timeout(30):
            async for _ in pictures(answer):
                got += 1
                if got == 1:
                    assert (await place.app.http.delete(f"/api-tokens/{token.id}")).status_code == 204
    assert got >= 1


async def test_there_are_only_so_many(place: Place) -> None:
    room = place.app.app.state.mjpeg
    stream_id = place.cameras["small"].stream_id
    seats = [room.seat(stream_id) for _ in range(MAX_OF_STREAM)]
    for seat in seats:
        seat.__enter__()
    try:
        answer = await place.app.http.get(MJPEG)
        assert (answer.status_code, answer.json()["code"]) == (503, "live.too_many_viewers")
    finally:
        for seat in seats:
            seat.__exit__(None, None, None)


async def test_the_addresses_that_a_camera_has_here(place: Place) -> None:
    answer = await place.app.http.get("/live/small/addresses")
    told = answer.json()
    assert told["rtsp"] == {"state": "on", "main": place.url("small"), "sub": None, "detail": ""}
    assert told["rtsps"]["state"] == "off"
    assert told["mjpeg"].endswith(f"/api/v1{MJPEG}")
    system = (await place.app.http.get("/system")).json()
    assert system["bind"]["rtsp"] == [place.port]
