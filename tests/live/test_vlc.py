"""VLC on the re-stream and on HLS: it opens both, and gets every picture in order."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.live.restream.test_players import run
from tests.support.burned import breaks, numbers_in
from tests.support.restreamed import Place, restreamed
from vedette.media.simulator.clipspec import LOOP_MS

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240), pytest.mark.vlc]

LOOP = LOOP_MS // 40
# VLC does not run as root.
NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups") if os.geteuid() == 0 else ()


@pytest.fixture(scope="module")
async def place(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    async with restreamed(tmp_path_factory.mktemp("vlc") / "data", ("small",)) as place:
        yield place


async def taken(directory: Path, url: str, *more: str) -> list[int | None]:
    """The numbers of the pictures that VLC gets of some seconds of an address."""
    home = directory / "home"
    home.mkdir()
    home.chmod(0o777)
    for parent in (directory, *directory.parents[:3]):
        parent.chmod(parent.stat().st_mode | 0o055)
    target = home / "taken.ts"
    output = f"#std{{access=file,mux=ts,dst={target}}}"
    words = ("--intf", "dummy", *more, "--run-time", "8", "--no-sout-audio", "--sout", output, url, "vlc://quit")
    code, out, error = await run(*NOBODY, "env", f"HOME={home}", "cvlc", *words, seconds=90)
    assert code == 0, (out, error)
    assert target.exists(), error
    return numbers_in(target)


async def test_vlc_plays_rtsp(tmp_path: Path, place: Place) -> None:
    _, modules, _ = await run(*NOBODY, "cvlc", "--list")
    if "live555" not in modules:
        pytest.skip("this VLC was built without RTSP (live555), as Debian's is")
    numbers = await taken(tmp_path, place.url("small", await place.token()), "--rtsp-tcp")
    assert len(numbers) > 75
    assert breaks(numbers, LOOP) == []


async def test_vlc_plays_hls(tmp_path: Path, place: Place) -> None:
    answer = await place.app.http.post("/media-tickets", json={"items": [{"camera": "small", "kind": "live"}]})
    assert answer.is_success, answer.text
    ticket = answer.json()["items"][0]["ticket"]
    numbers = await taken(tmp_path, f"http://{place.app.address}/api/v1/live/small/hls/index.m3u8?ticket={ticket}")
    assert len(numbers) > 75
    assert breaks(numbers, LOOP) == []
