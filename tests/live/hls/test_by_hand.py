"""Requests that are read by hand: the same answers as by FastAPI's way, whoever asks for whatever."""

from typing import Any

import pytest
from fastapi import Request

from tests.live.hls.scene import PLAYLIST, begin
from tests.support.accounts import add_user, session_of
from tests.support.hls import attributes, read
from tests.support.recorder_twin import RecorderTwin
from tests.support.running import RunningApp
from vedette.live.hls.by_hand import part_wanted, playlist_wanted

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(120)]


def request(query: str = "", **path: str) -> Request:
    return Request({"type": "http", "path_params": path, "query_string": query.encode(), "headers": []})


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", (None, None)),
        ("ticket=abc&more=1", (None, None)),
        ("_HLS_msn=7", (7, None)),
        ("_HLS_msn=7&_HLS_part=0", (7, 0)),
        ("_HLS_msn=-1", None),
        ("_HLS_msn=%2B7", None),
        ("_HLS_msn=", None),
        ("_HLS_msn=soon", None),
        ("_HLS_msn=7&_HLS_part=%D9%A3", None),
        ("_HLS_msn=" + "9" * 60, None),
    ],
)
def test_a_playlist(query: str, found: tuple[int | None, int | None] | None) -> None:
    said = playlist_wanted(request(query, camera="gate", rendition="main"))
    assert (None if said is None else (said["msn"], said["part"])) == found


@pytest.mark.parametrize(
    ("path", "plain"),
    [
        ({}, True),
        ({"camera": "0190c0de-0000-7000-8000-000000000000"}, True),
        ({"camera": "a" * 101}, False),
        ({"camera": "ga te"}, False),
        ({"rendition": "Main"}, False),
        ({"rendition": "a" * 21}, False),
        ({"window": "XYZ"}, False),
        ({"number": "-1"}, False),
        ({"number": "1.5"}, False),
        ({"number": "٣"}, False),
    ],
)
def test_a_part(path: dict[str, str], plain: bool) -> None:
    said = part_wanted(request(**{"camera": "gate", "rendition": "main", "window": "ab", "number": "12"} | path))
    assert (said is not None) == plain
    if said is not None:
        assert (said["window"], said["number"]) == ("ab", 12)


async def test_both_ways_answer_the_same_to_everybody(app: RunningApp, recorder: RecorderTwin) -> None:
    await begin(app, recorder)
    await app.add_camera("Back door")
    given = await app.http.post(
        "/media-tickets",
        json={"items": [{"camera": "front-door", "kind": "live"}, {"camera": "back-door", "kind": "live"}]},
    )
    good, foreign = (item["ticket"] for item in given.json()["items"])
    still = await app.http.post("/media-tickets", json={"items": [{"camera": "front-door", "kind": "still"}]})
    viewer = await add_user(app.app, "anna", "viewer")
    nothing = await add_user(app.app, "ben", None)
    callers: list[tuple[dict[str, str], dict[str, str]]] = [
        ({}, app.headers),
        ({}, {}),
        ({}, {"Authorization": "Bearer not.a.token"}),
        ({}, {"Cookie": "vedette_access=nonsense"}),
        ({}, await session_of(app.app, viewer.row.id)),
        ({}, await session_of(app.app, nothing.row.id)),
        ({"ticket": good}, {}),
        ({"ticket": foreign}, {}),
        ({"ticket": still.json()["items"][0]["ticket"]}, {}),
        ({"ticket": "nonsense"}, {}),
    ]
    playlist = read((await app.http.get(PLAYLIST)).text)
    window = playlist.segments[-1].uri.split("/")[0]
    msn = playlist.segments[-1].msn
    hint = attributes(playlist.tags["EXT-X-PRELOAD-HINT"])["URI"]
    assert hint.startswith(window)
    # A sign in front of a number is for FastAPI to read; it reads the same number.
    pairs = [
        (f"{PLAYLIST}?_HLS_msn={msn}", f"{PLAYLIST}?_HLS_msn=%2B{msn}"),
        (f"{PLAYLIST}?_HLS_msn={msn + 1000}", f"{PLAYLIST}?_HLS_msn=%2B{msn + 1000}"),
        (PLAYLIST.replace("index.m3u8", f"{window}/part/9999.m4s"),) * 2,
        (PLAYLIST.replace("front-door", "nowhere") + f"?_HLS_msn={msn}",) * 2,
    ]
    pairs[2:] = [(plain, other.replace("part/9", "part/+9").replace("msn=", "msn=%2B")) for plain, other in pairs[2:]]
    seen = set()
    for plain, other in pairs:
        for more, headers in callers:
            answers = [await _asked(app, address, more, headers) for address in (plain, other)]
            assert answers[0] == answers[1], (plain, headers, more)
            seen.add(answers[0][0])
    assert seen >= {200, 400, 401, 403, 404}


async def _asked(app: RunningApp, address: str, more: dict[str, str], headers: dict[str, str]) -> tuple[Any, ...]:
    path, _, query = address.partition("?")
    whole = "&".join([*([query] if query else []), *(f"{name}={value}" for name, value in more.items())])
    app.http.headers.pop("Authorization", None)
    try:
        answer = await app.http.get(f"{path}?{whole}", headers=headers)
    finally:
        app.http.headers.update(app.headers)
    kept = ("content-type", "cache-control", "ratelimit-policy", "retry-after")
    return answer.status_code, answer.content, [answer.headers.get(name) for name in kept]
