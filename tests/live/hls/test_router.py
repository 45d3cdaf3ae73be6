"""HLS of a camera whose recorder a test speaks for: waiting, tickets, limits, revocation, no picture."""

import asyncio
import time

import httpx
import pytest

from tests.live.hls.scene import DIGEST, PLAYLIST, begin, listed, service, write
from tests.support.accounts import add_user, session_of
from tests.support.hls import HlsClient, read
from tests.support.recorder_twin import RecorderTwin, until
from tests.support.running import RunningApp, StillClock
from vedette.live.hls.service import IDLE_S
from vedette.live.hls.viewers import SILENT_S

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(120)]


async def test_the_master_playlist_leads_to_media(app: RunningApp, recorder: RecorderTwin) -> None:
    await begin(app, recorder, sub_url="rtsp://127.0.0.1:1/sub")
    master = await app.http.get("/live/front-door/hls/index.m3u8")
    assert master.headers["content-type"] == "application/vnd.apple.mpegurl"
    assert master.headers["cache-control"] == "no-store"
    lines = master.text.splitlines()
    assert 'CODECS="avc1.640028"' in lines[2]
    assert lines[3:] == ["main/index.m3u8"]  # the sub-stream gives nothing yet
    plain = await app.http.get("/live/front-door/hls/index.m3u8?low_latency=no&stream=main")
    assert plain.text.splitlines()[3:] == ["main/plain.m3u8"]
    client = HlsClient(app.http, PLAYLIST)
    playlist = await client.reload()
    assert len(playlist.segments) == 4
    await client.take(from_last=3)
    assert client.media == b"the initpart 4;part 5;part 6;part 7;part 8;"
    answer = await app.http.get(client.absolute(playlist.segments[0].uri))
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["cache-control"] == "private, max-age=60, immutable"
    text = (await app.http.get("/live/front-door/hls/main/plain.m3u8")).text
    assert [segment.uri for segment in listed(text)] == [segment.uri for segment in playlist.segments]


async def test_a_reload_waits_for_the_next_segment(app: RunningApp, recorder: RecorderTwin) -> None:
    stream = await begin(app, recorder)
    first = await HlsClient(app.http, PLAYLIST).reload()
    following = {"_HLS_msn": first.segments[-1].msn + 1}
    asking = asyncio.create_task(app.http.get(PLAYLIST, params=following))
    await until(lambda: service(app).waiting == 1, "it waits")
    write(stream)
    await asyncio.sleep(0.1)
    assert not asking.done()
    write(stream)  # a key frame: the segment is whole
    answer = await asking
    assert listed(answer.text)[-1].msn == following["_HLS_msn"]
    assert service(app).waiting == 0


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("_HLS_msn=999999999999", 400, "hls.msn"),
        ("_HLS_msn=" + "9" * 60, 400, "hls.msn"),
        ("_HLS_part=3", 400, "hls.msn"),
        ("_HLS_msn=-1", 422, "request.invalid"),
        ("_HLS_msn=soon", 422, "request.invalid"),
    ],
)
async def test_absurd_questions(app: RunningApp, recorder: RecorderTwin, query: str, status: int, code: str) -> None:
    await begin(app, recorder)
    answer = await app.http.get(f"{PLAYLIST}?{query}")
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    "path",
    ["sub/index.m3u8", "hd/plain.m3u8", "main/0/segment/1.m4s", "main/ff/part/0.m4s", f"main/0/init/{DIGEST}.mp4"],
)
async def test_what_is_not_there(app: RunningApp, recorder: RecorderTwin, path: str) -> None:
    await begin(app, recorder)
    await app.http.get(PLAYLIST)
    answer = await app.http.get(f"/live/front-door/hls/{path}")
    assert (answer.status_code, answer.json()["code"].split(".")[0]) == (404, "live")
    assert (await app.http.get("/live/nobody/hls/index.m3u8")).json()["code"] == "camera.not_found"


async def test_a_camera_without_a_picture_says_why(app: RunningApp, recorder: RecorderTwin) -> None:
    made = await app.add_camera("Front door")
    stream = recorder.stream(made["streams"][0]["id"], app.data)
    stream.set_status("waiting", cause="refused", detail="The camera refuses the connection.")
    await until(lambda: app.hub.status(stream.stream_id), "the status arrives")
    for path in ("/live/front-door/hls/index.m3u8", PLAYLIST):
        answer = await app.http.get(path)
        assert (answer.status_code, answer.json()["code"]) == (503, "live.no_picture")
        assert answer.headers["retry-after"]
        assert "The camera refuses the connection." in answer.json()["detail"]
    # One that comes meanwhile is shown at once.
    asking = asyncio.create_task(app.http.get(PLAYLIST))
    await until(lambda: service(app).waiting == 1, "it waits")
    stream.set_init(digest=DIGEST)
    stream.open("segment-1")
    for _ in range(4):
        write(stream)
    assert (await asking).status_code == 200


async def test_tickets_are_in_all_addresses_and_open_nothing_else(app: RunningApp, recorder: RecorderTwin) -> None:
    await begin(app, recorder)
    other = await app.add_camera("Back door")
    given = await app.http.post(
        "/media-tickets",
        json={"items": [{"camera": "front-door", "kind": "live"}, {"camera": other["id"], "kind": "live"}]},
    )
    ticket, foreign = (item["ticket"] for item in given.json()["items"])
    async with httpx.AsyncClient(base_url=app.http.base_url, timeout=30) as nobody:
        master = await nobody.get("/live/front-door/hls/index.m3u8", params={"ticket": ticket})
        assert f"main/index.m3u8?ticket={ticket}" in master.text
        playlist = await nobody.get(PLAYLIST, params={"ticket": ticket})
        (segment, *_) = listed(playlist.text)
        base = PLAYLIST.removesuffix("index.m3u8")
        media = await nobody.get(base + segment.uri)
        assert (media.content, media.headers["cache-control"]) == (b"part 2;part 3;", "public, max-age=60, immutable")
        assert (await nobody.get(base + segment.init)).content == b"the init"
        bare = segment.uri.split("?")[0]
        assert (await nobody.get(base + bare)).status_code == 401
        for bad in (foreign, ticket[:-2] + "AA", "x"):
            for path in (PLAYLIST, base + bare, "/live/front-door/hls/index.m3u8"):
                answer = await nobody.get(path, params={"ticket": bad})
                assert answer.status_code in (401, 404), answer.text


async def test_a_revoked_caller_is_refused_while_waiting_and_after(app: RunningApp, recorder: RecorderTwin) -> None:
    await begin(app, recorder)
    anna = await add_user(app.app, "anna", "viewer")
    headers = await session_of(app.app, anna.row.id)
    first = read((await app.http.get(PLAYLIST, headers=headers)).text)
    hls = service(app).running((await service(app).ladder("front-door")).renditions[0])
    assert hls is not None
    assert hls.window is not None
    hls.window.target_s = 10  # so that the wait is longer than the look
    following = {"_HLS_msn": first.segments[-1].msn + 1}
    asking = asyncio.create_task(app.http.get(PLAYLIST, params=following, headers=headers))
    await until(lambda: service(app).waiting == 1, "it waits")
    began = time.monotonic()
    answer = await app.http.post(f"/users/{anna.row.id}/disable")
    assert answer.status_code == 200, answer.text
    assert (await asking).status_code in (401, 403)
    assert time.monotonic() - began < 5
    base = PLAYLIST.removesuffix("index.m3u8")
    assert (await app.http.get(base + first.segments[-1].uri, headers=headers)).status_code == 401


async def test_a_view_is_noted_once_and_ends(app: RunningApp, recorder: RecorderTwin, clock: StillClock) -> None:
    await begin(app, recorder)
    viewers = service(app).viewers
    for _ in range(3):
        answer = await app.http.get(PLAYLIST)
        (one,) = (await app.http.get("/live/sessions")).json()["items"]
        assert answer.headers["x-vedette-session"] == one["id"]
        assert (one["transport"], one["stream"], one["quality"]) == ("hls", "main", "")
        await app.http.get("/live/front-door/hls/main/plain.m3u8")
    assert len(viewers) == 1
    assert service(app).streams == 1

    async def noted(action: str) -> list[str]:
        items = (await app.http.get("/audit", params={"action": action})).json()["items"]
        return [item["object_name"] for item in items]

    assert await noted("live.view") == ["Front door"]
    clock.advance(SILENT_S + 1)
    await until(lambda: len(viewers) == 0, "the view ends")
    assert service(app).streams == 1
    clock.advance(IDLE_S)
    await until(lambda: service(app).streams == 0, "the window ends")
    await until(lambda: app.hub.viewer_count() == 0, "nothing of the stream is asked for any more")


async def test_a_stop_answers_who_waits(app: RunningApp, recorder: RecorderTwin) -> None:
    await begin(app, recorder)
    first = await HlsClient(app.http, PLAYLIST).reload()
    asking = asyncio.create_task(app.http.get(PLAYLIST, params={"_HLS_msn": first.segments[-1].msn + 1}))
    await until(lambda: service(app).waiting == 1, "it waits")
    hls = service(app).running((await service(app).ladder("front-door")).renditions[0])
    assert hls is not None
    await hls.aclose()
    assert (await asking).status_code == 200
    # The next request begins anew.
    assert (await app.http.get(PLAYLIST)).status_code == 200
