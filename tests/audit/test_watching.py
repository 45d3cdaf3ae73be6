"""Who watches is in the audit log: live over the socket, playback, downloads, snapshots."""

import asyncio
from typing import Any

import pytest
from websockets.asyncio.client import connect

from tests.support.footage import T0
from tests.support.library import clip
from tests.support.world import World
from vedette.audit.views import SILENCE_MS
from vedette.http.instants import format_instant

pytestmark = pytest.mark.anyio


async def told(world: World, count: int) -> list[dict[str, Any]]:
    """The entries of views, once there are so many."""
    while True:
        items: list[dict[str, Any]] = (await world.http.get("/audit")).json()["items"]
        if len(items) >= count:
            return list(reversed(items))
        await asyncio.sleep(0.1)


async def test_playback_is_one_view_of_the_footage_that_was_fetched_and_each_download_is_one(world: World) -> None:
    files = await world.library.record(world.stream_id, T0, clip())
    assert (await world.playlist(T0, T0 + 6000)).is_success
    for file in files:
        for path in ("stream", "download"):
            assert (await world.http.head(f"/recordings/{file.id}/{path}")).is_success, "shows nothing: no view"
        assert (await world.http.head(f"/playback/segments/{file.id}.mp4")).is_success
    first = files[0]
    for offset, part in first.parts[:2]:
        wanted = {"Range": f"bytes={offset}-{offset + len(part.data) - 1}"}
        assert (await world.http.get(f"/playback/segments/{first.id}.mp4", headers=wanted)).status_code == 206
    for file in files[1:]:
        head = await world.http.get(f"/playback/segments/{file.id}.mp4", headers={"Range": "bytes=0-99"})
        assert head.status_code == 206
    assert (await world.http.get(f"/recordings/{files[-1].id}/stream")).is_success
    for file in files[:2]:
        for _ in range(2):
            assert (await world.http.get(f"/recordings/{file.id}/download")).is_success
    assert (await world.http.get("/cameras/gate/snapshot.jpg", params={"at": format_instant(T0 + 1000)})).is_success
    assert (await world.http.delete(f"/recordings/{files[1].id}")).is_success
    entries = await told(world, 5)
    by_action = sorted((entry["action"], entry["camera_id"]) for entry in entries)
    gate = str(world.camera_id)
    assert by_action == [
        ("playback.view", gate),
        ("recording.delete", gate),
        ("recording.download", gate),
        ("recording.download", gate),
        ("snapshot.view", gate),
    ]
    playback = next(entry for entry in entries if entry["action"] == "playback.view")
    assert playback["after"]["asked"] == {"from": format_instant(T0), "to": format_instant(T0 + 6000)}
    assert (playback["actor_kind"], playback["address"]) == ("session", "127.0.0.1")
    deleted = next(entry for entry in entries if entry["action"] == "recording.delete")
    assert (deleted["actor_kind"], deleted["before"]["start"]) == ("session", format_instant(files[1].start_ms))
    world.clock.advance(SILENCE_MS / 1000)
    await world.app.app.state.views.flush()
    await world.app.app.state.views.flush()
    end = next(entry for entry in await told(world, 6) if entry["action"] == "playback.end")
    assert end["after"]["view"] == playback["after"]["view"]
    spans = end["after"]["spans"]
    assert spans[0]["from"] == format_instant(first.start_ms)
    shown_to = [span["to"] for span in spans]
    assert shown_to[0] < format_instant(files[1].start_ms), "heads show nothing"
    assert spans[-1]["from"] == format_instant(files[-1].start_ms)


async def test_a_live_view_begins_and_ends(world: World) -> None:
    address = f"ws://{world.app.address}/api/v1/live/gate/mse"
    async with connect(address, additional_headers=world.app.headers, compression=None):
        (start,) = await told(world, 1)
    _, end = await told(world, 2)
    assert (start["action"], start["camera_id"]) == ("live.view", str(world.camera_id))
    assert (end["action"], end["after"]["stream"]) == ("live.end", "main")
    assert end["after"]["seconds"] >= 0
