"""Footage that lies half on a disk and half in a bucket, in Chromium with hls.js, and a bucket that is gone."""

from itertools import pairwise

import pytest

from tests.playback.test_hls_browser import _PLAYER, address, seek
from tests.support.browser import HLS_JS, browser_page, frames_seen
from tests.support.buckets import Cold
from tests.support.ceph import Gateway
from tests.support.footage import T0, add_stream
from tests.support.library import clip
from tests.support.world import World
from vedette.storage.tables import Delivery
from vedette.vault import open_vault

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.browser,
    pytest.mark.ceph,
    pytest.mark.skipif(not HLS_JS.exists(), reason="hls.js is not installed (npm ci in web/)"),
]


@pytest.mark.parametrize("delivery", list(Delivery))
async def test_over_the_border_no_picture_is_missing(today: World, gateway: Gateway, delivery: Delivery) -> None:
    world = today
    of = clip(6.0, sound=True, numbered=True)
    files = await world.library.record(world.stream_id, T0, of, file_s=3)
    vault = open_vault(world.app.app.state.settings)
    origin = f"http://{world.app.address}"
    cold = await Cold.make(world.database, gateway, vault=vault, delivery=delivery, cors=origin)
    assert await cold.move(files[0].end_ms) == 1
    assert [file.path.exists() for file in files] == [False, True]
    async with browser_page(world.app, HLS_JS) as page:
        fetched: list[str] = []
        page.on("response", lambda answer: fetched.append(answer.url) if answer.status == 206 else None)
        await page.evaluate(_PLAYER, address(T0, T0 + 6000))
        await page.wait_for_function("document.querySelector('video').ended", timeout=40_000)
        seen = await frames_seen(page)
        assert await page.evaluate("window.problems") == []
        numbers = [frame["number"] for frame in seen]
        assert None not in numbers
        assert numbers == sorted(set(numbers))
        for one, later in pairwise(seen):
            step = (later["number"] - one["number"]) / 25
            assert later["time"] - one["time"] == pytest.approx(step, abs=0.002)
        # Each picture on both sides of the border between disk and bucket, and the last one.
        for number in (*range(70, 80), 149):
            assert (await seek(page, (number + 0.5) / 25))["number"] == number
        from_bucket = [url for url in fetched if url.startswith(gateway.endpoint)]
        assert bool(from_bucket) == (delivery is Delivery.BROWSER)


async def test_with_the_storage_gone_it_goes_on_with_the_rest(today: World, gateway: Gateway) -> None:
    world = today
    of = clip(6.0, numbered=True)
    files = await world.library.record(world.stream_id, T0, of, file_s=2)
    yard = await add_stream(world.database, "yard")
    await world.library.record(yard, T0, of, file_s=2)
    cold = await Cold.make(world.database, gateway, vault=open_vault(world.app.app.state.settings))
    # The middle one of three, of both cameras.
    assert await cold.move(files[1].end_ms) == 4
    assert await cold.move(files[0].end_ms, to=world.library.volume_id) == 2
    gateway.stop()
    try:
        listed = (await world.http.get("/storage/volumes")).json()["items"]
        assert [volume["state"] for volume in listed] == ["ok", "failing"]
        async with browser_page(world.app, HLS_JS) as page:
            await page.evaluate(_PLAYER, address(T0, T0 + 6000))
            await page.wait_for_function("window.details !== null")
            assert [fragment["gap"] for fragment in await page.evaluate("window.details")] == [False, True, False]
            await page.wait_for_function("window.frames_seen.some((frame) => frame.number > 140)", timeout=30_000)
            numbers = [frame["number"] for frame in await frames_seen(page)]
            assert await page.evaluate("window.problems") == []
        assert not [number for number in numbers if 50 <= number < 100]
    finally:
        gateway.start()
