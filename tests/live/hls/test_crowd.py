"""A thousand requests that wait for the same part: bounded, and each of them gets an answer."""

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass

import pytest

from tests.live.hls.scene import PLAYLIST, begin, listed, service, write
from tests.support.accounts import signed_in
from tests.support.hls import read
from tests.support.recorder_twin import RecorderTwin, until
from tests.support.running import RunningApp
from vedette.live.hls.service import MOST_WAITING_EACH

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240)]

USERS = 30
EACH = MOST_WAITING_EACH + 1  # one more than may wait


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes


async def ask(address: str, path: str, headers: dict[str, str]) -> Answer:
    """One request on a connection of its own: httpx would let a hundred through and keep the others."""
    host, port = address.split(":")
    reader, writer = await asyncio.open_connection(host, int(port), limit=1 << 20)
    try:
        fields = {"Host": address, "Connection": "close", **headers}
        lines = [f"GET /api/v1{path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items()), "", ""]
        writer.write("\r\n".join(lines).encode())
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
        return Answer(int(head.split()[1]), body)
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


async def test_a_thousand_wait_and_all_are_answered(
    app: RunningApp, recorder: RecorderTwin, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = [await signed_in(app.app, f"user-{number}") for number in range(USERS)]
    stream = await begin(app, recorder)
    first = read((await app.http.get(PLAYLIST)).text)
    hls = service(app).running((await service(app).ladder("front-door")).renditions[0])
    assert hls is not None
    assert hls.window is not None
    # So that none gives up while a slow machine brings the others, and until their rights are looked at again.
    hls.window.target_s = 60
    monkeypatch.setattr("vedette.live.hls.service.LONGEST_WAIT_S", 180.0)
    following = first.segments[-1].msn + 1
    path = f"{PLAYLIST}?_HLS_msn={following}"
    asking = [asyncio.create_task(ask(app.address, path, whose)) for whose in headers for _ in range(EACH)]
    allowed = USERS * MOST_WAITING_EACH
    await until(lambda: service(app).waiting == allowed, "they wait")
    await until(lambda: sum(task.done() for task in asking) == USERS, "who was too many is told so")
    refused = [task.result() for task in asking if task.done()]
    assert Counter(answer.status for answer in refused) == {503: USERS}
    assert all(b'"live.too_many"' in answer.body for answer in refused)
    # They wait for longer than it takes until rights are looked at again, and the rest of the app answers meanwhile.
    await asyncio.sleep(3)
    assert service(app).waiting == allowed
    assert (await app.http.get("/cameras")).status_code == 200
    write(stream)
    write(stream)  # a key frame: the segment is whole
    answers = await asyncio.gather(*asking)
    assert Counter(answer.status for answer in answers) == {200: allowed, 503: USERS}
    texts = {answer.body for answer in answers if answer.status == 200}
    assert {listed(text.decode())[-1].msn for text in texts} == {following}
    assert service(app).waiting == 0


async def test_who_hangs_up_waits_no_longer_than_the_others(app: RunningApp, recorder: RecorderTwin) -> None:
    """Connections that are gone must not fill the room of those who wait."""
    stream = await begin(app, recorder)
    first = read((await app.http.get(PLAYLIST)).text)
    path = f"{PLAYLIST}?_HLS_msn={first.segments[-1].msn + 1}"
    asking = [asyncio.create_task(ask(app.address, path, app.headers)) for _ in range(MOST_WAITING_EACH)]
    await until(lambda: service(app).waiting == MOST_WAITING_EACH, "they wait")
    for task in asking:
        task.cancel()
    await asyncio.gather(*asking, return_exceptions=True)
    write(stream)
    write(stream)
    await until(lambda: service(app).waiting == 0, "nobody waits")
    assert (await app.http.get(path)).status_code == 200
