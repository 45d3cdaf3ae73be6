"""Everything that reads a recording's bytes, of one that lies in a bucket."""

import httpx
import pytest

from tests.support.buckets import Cold
from tests.support.ceph import Gateway
from tests.support.footage import T0
from tests.support.library import RecordedFile, clip
from tests.support.world import World
from vedette.http.instants import format_instant
from vedette.recordings import garbage
from vedette.storage.tables import Delivery
from vedette.vault import open_vault

pytestmark = [pytest.mark.anyio, pytest.mark.ceph]


async def moved(
    world: World, gateway: Gateway, delivery: Delivery = Delivery.SERVER
) -> tuple[Cold, RecordedFile, bytes]:
    """The first of three files lies in a bucket."""
    files = await world.library.record(world.stream_id, T0, clip())
    content = files[0].content
    vault = open_vault(world.app.app.state.settings)
    cold = await Cold.make(world.database, gateway, vault=vault, delivery=delivery)
    assert await cold.move(files[0].end_ms) == 1
    assert not files[0].path.exists()
    return cold, files[0], content


async def test_ranges_come_through_the_server(any_today: World, gateway: Gateway) -> None:
    world = any_today
    _, file, content = await moved(world, gateway)
    http = world.http
    for url in (
        f"/playback/segments/{file.id}.mp4",
        f"/recordings/{file.id}/stream",
        f"/recordings/{file.id}/download",
    ):
        whole = await http.get(url)
        assert (whole.status_code, whole.content) == (200, content)
        part = await http.get(url, headers={"Range": "bytes=100-4099"})
        assert (part.status_code, part.content) == (206, content[100:4100])
        assert part.headers["content-range"] == f"bytes 100-4099/{len(content)}"
        end = await http.get(url, headers={"Range": "bytes=-7"})
        assert end.content == content[-7:]
        assert (await http.head(url)).headers["content-length"] == str(len(content))
        again = await http.get(url, headers={"If-None-Match": whole.headers["etag"]})
        assert again.status_code == 304
        beyond = await http.get(url, headers={"Range": f"bytes={len(content)}-"})
        assert beyond.status_code == 416


async def test_playlist_stills_and_previews_do_not_care(any_today: World, gateway: Gateway) -> None:
    world = any_today
    _, file, _ = await moved(world, gateway)
    text = (await world.playlist(T0, T0 + 6_000)).text
    assert "EXT-X-GAP" not in text
    assert "EXT-X-DISCONTINUITY\n" not in text
    assert str(file.id) in text
    found = await world.at(T0 + 500)
    assert found["segment_id"] == str(file.id)
    still = await world.http.get("/cameras/gate/snapshot.jpg", params={"at": format_instant(T0 + 500)})
    assert (still.status_code, still.content[:2]) == (200, b"\xff\xd8"), still.text
    sheet = await world.http.get(f"/playback/segments/{file.id}/previews/2000-0.jpg")
    assert (sheet.status_code, sheet.content[:2]) == (200, b"\xff\xd8"), sheet.text


async def test_a_browser_is_sent_to_the_bucket_for_its_range_only(any_today: World, gateway: Gateway) -> None:
    world = any_today
    cold, file, content = await moved(world, gateway, Delivery.BROWSER)
    url = f"/playback/segments/{file.id}.mp4"
    answer = await world.http.get(url, headers={"Range": "bytes=100-4099"}, follow_redirects=False)
    assert answer.status_code == 307
    assert answer.headers["cache-control"] == "no-store"
    where = answer.headers["location"]
    assert where.startswith(f"{gateway.endpoint}/{cold.name}/house/")
    async with httpx.AsyncClient(trust_env=False) as anybody:
        assert (await anybody.get(where, headers={"Range": "bytes=0-4099"})).status_code == 403
        assert (await anybody.get(where)).status_code == 403
    # What can't be signed, and a download under its own name, come through the server.
    for other in ({}, {"Range": "bytes=-5"}, {"Range": "bytes=0-9", "If-Range": '"x"'}):
        assert (await world.http.get(url, headers=other, follow_redirects=False)).status_code in (200, 206)
    whole = await world.http.get(f"/recordings/{file.id}/download", headers={"Range": "bytes=0-9"})
    assert (whole.status_code, whole.content) == (206, content[:10])
    page = await world.http.get(f"http://{world.app.address}/")
    assert f"connect-src 'self' {gateway.endpoint};" in page.headers["content-security-policy"]


async def test_a_ticket_is_sent_for_its_bytes_and_refused_others(any_today: World, gateway: Gateway) -> None:
    """Players come with tickets for a span: an address of the whole object would give away the rest of the file."""
    world = any_today
    _, file, content = await moved(world, gateway, Delivery.BROWSER)
    span = {"start": format_instant(T0), "end": format_instant(T0 + 900)}
    wish = {"items": [{"camera": "gate", "kind": "playback", **span}]}
    (item,) = (await world.http.post("/media-tickets", json=wish)).json()["items"]
    url = f"{world.http.base_url}playback/segments/{file.id}.mp4"
    found = (await world.http.get("/playback/gate/index.m3u8", params={**span})).text
    length, offset = map(int, found.split("#EXT-X-BYTERANGE:")[1].split("\n")[0].split("@"))
    ticket = {"ticket": item["ticket"]}
    async with httpx.AsyncClient(trust_env=False) as player:
        wanted = {"Range": f"bytes={offset}-{offset + length - 1}"}
        sent = await player.get(url, params=ticket, headers=wanted, follow_redirects=True)
        assert (sent.status_code, sent.content) == (206, content[offset : offset + length])
        assert [one.status_code for one in sent.history] == [307]
        for more in ({"Range": f"bytes=0-{len(content) - 1}"}, {"Range": f"bytes={offset}-"}, {}):
            refused = await player.get(url, params=ticket, headers=more)
            assert (refused.status_code, refused.json()["code"]) == (403, "ticket.range")


async def test_a_dead_endpoint_is_told_and_others_play_on(any_today: World, gateway: Gateway) -> None:
    world = any_today
    cold, file, content = await moved(world, gateway)
    url = f"/playback/segments/{file.id}.mp4"
    gateway.stop()
    try:
        answer = await world.http.get(url, headers={"Range": "bytes=0-99"})
        assert answer.status_code == 503
        assert answer.json()["code"] == "volume.unreachable"
        # The cause is told apart from the sentence: it is for who may see the storage.
        assert "See Storage" in answer.json()["detail"]
        assert "Is the storage running" in answer.json()["place"]
        assert "vedette-secret" not in answer.text
        listed = (await world.http.get("/storage/volumes")).json()["items"]
        assert [(one["kind"], one["state"]) for one in listed] == [("directory", "ok"), ("s3", "failing")]
        # The state is known now: the playlist marks what can't be had, and the rest plays.
        text = (await world.playlist(T0, T0 + 6_000)).text
        assert text.count("EXT-X-GAP") == 1
        assert (await world.http.get(url)).status_code == 503
        other = await world.at(T0 + 3_000)
        rest = await world.http.get(f"/playback/segments/{other['segment_id']}.mp4", headers={"Range": "bytes=0-9"})
        assert rest.status_code == 206
    finally:
        gateway.start()
    await cold.places()
    assert (await world.http.get(url)).content == content


async def test_deleting_it_deletes_the_object(any_today: World, gateway: Gateway) -> None:
    world = any_today
    cold, file, _ = await moved(world, gateway)
    stats = (await world.http.get("/storage/stats")).json()
    assert [volume["files"] for volume in stats["volumes"]] == [2, 1]
    assert (await world.http.delete(f"/recordings/{file.id}")).status_code == 204
    await garbage.collect(world.database, await cold.places())  # type: ignore[arg-type]
    assert cold.keys() == []
