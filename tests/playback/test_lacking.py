"""Bad spans and footage that can't be had, at the API: a problem that names the field, and words that tell no paths to
who may not see the storage."""

import httpx
import pytest

from tests.support.accounts import client_of, session_of
from tests.support.footage import T0
from tests.support.library import clip
from tests.support.people import add_user, grant
from tests.support.world import NOW, World
from vedette.http.instants import format_instant

pytestmark = pytest.mark.anyio

YEAR_MS = 365 * 86_400_000
SPANS = {
    "in the future": (NOW + 60_000, NOW + 120_000, "start"),
    "end before start": (T0 + 1000, T0, "end"),
    "of no length": (T0, T0, "end"),
    "a year at once": (NOW - YEAR_MS, NOW, "end"),
}
PATHS = ("index.m3u8", "master.m3u8", "streams")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("kind", SPANS)
async def test_a_bad_span_is_a_problem_of_its_field(any_world: World, path: str, kind: str) -> None:
    world = any_world
    await world.library.record(world.stream_id, T0, clip())
    start_ms, end_ms, field = SPANS[kind]
    params = {"start": format_instant(start_ms), "end": format_instant(end_ms)}
    answer = await world.http.get(f"/playback/gate/{path}", params=params)
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"].endswith(".")


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"start": "yesterday", "end": "2026-11-22T00:00:00Z"}, "start"),
        ({"start": "2026-11-21T00:00:00Z", "end": "2026-11-22T00:00:00"}, "end"),
        ({"end": "2026-11-22T00:00:00Z"}, "start"),
        ({"start": "2026-11-21T00:00:00Z", "stream": "third"}, "stream"),
    ],
)
@pytest.mark.parametrize("path", PATHS)
async def test_what_is_no_instant_is_a_problem_of_its_field(
    world: World, path: str, params: dict[str, str], field: str
) -> None:
    if field == "stream" and path != "index.m3u8":
        return
    answer = await world.http.get(f"/playback/gate/{path}", params=params)
    assert (answer.status_code, answer.json()["field"]) == (422, field)


async def test_a_viewer_is_told_camera_and_time_and_no_path(any_world: World) -> None:
    """Who may see the storage is told the path as well."""
    world = any_world
    files = await world.library.record(world.stream_id, T0, clip())
    files[1].path.unlink()
    second = next(offset for offset, part in files[2].parts[1:] if part.key)
    files[2].path.write_bytes(files[2].content[:second])
    asked = (
        (f"/playback/segments/{files[1].id}.mp4", "recording.file_missing", files[1]),
        (f"/recordings/{files[1].id}/stream", "recording.file_missing", files[1]),
        (f"/cameras/gate/snapshot.jpg?at={format_instant(T0 + 2500)}", "recording.file_missing", files[1]),
        (f"/cameras/gate/snapshot.jpg?at={format_instant(T0 + 5500)}", "recording.damaged", files[2]),
    )
    for role, sees in (("viewer", False), ("operator", True)):
        user = await add_user(world.database, role)
        await grant(world.database, user, role)
        headers = await session_of(world.app.app, user)
        async with client_of(world.app.app) as client:
            for path, code, file in asked:
                told = (await client.get(f"/api/v1{path}", headers=headers)).json()
                assert told["code"] == code
                assert_told(told, str(file.path), file.start_ms, sees=sees)
            for at_ms, file in ((T0 + 2500, files[1]), (T0 + 5500, files[2])):
                answer = await at(client, at_ms, headers)
                assert_told(answer["unavailable"], str(file.path), file.start_ms, sees=sees)


async def at(client: httpx.AsyncClient, at_ms: int, headers: dict[str, str]) -> dict[str, dict[str, str]]:
    answer = await client.get("/api/v1/playback/gate/at", params={"t": format_instant(at_ms)}, headers=headers)
    found: dict[str, dict[str, str]] = answer.json()
    return found


def assert_told(told: dict[str, str], path: str, start_ms: int, *, sees: bool) -> None:
    assert "Gate" in told["detail"] or "gate" in told["detail"]
    assert format_instant(start_ms) in told["detail"]
    assert (told.get("place") == path) == sees
    assert "footage/" not in told["detail"]
    assert ".mp4" not in told["detail"]
    assert sees or ".mp4" not in str(told)
