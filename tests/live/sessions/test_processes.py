"""Live sessions of real api processes: ended from another one, and left by one that was killed."""

import asyncio
import os
import shutil
import signal
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from websockets.asyncio.client import connect

from tests.live.sessions.test_sessions import last_words, picture, show, told
from tests.support.api_process import ApiProcess
from tests.support.footage import add_stream
from tests.support.recorder_twin import RecorderTwin
from vedette.db.session import Database

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240)]

ON_POSTGRESQL = pytest.mark.parametrize("kind", [pytest.param("postgres", marks=pytest.mark.postgres)])


@asynccontextmanager
async def recorded(data: Path, database: Database) -> AsyncIterator[None]:
    """The camera `gate` has a picture now and then, whoever serves it."""
    async with RecorderTwin(data / "run") as recorder:
        stream = recorder.stream(await add_stream(database), data)
        stream.set_status("recording")
        stream.set_init(b"the init")
        stream.open("segment-1")
        showing = asyncio.create_task(show(stream))
        yield
        showing.cancel()


@asynccontextmanager
async def running(api: ApiProcess) -> AsyncIterator[subprocess.Popen[bytes]]:
    """The recorder of this process goes on meanwhile."""
    process = api.running()
    begun = await asyncio.to_thread(process.__enter__)
    try:
        yield begun
    finally:
        await asyncio.to_thread(process.__exit__, None, None, None)


async def until(what: str, ask: Callable[[], Awaitable[Any]], seconds: float = 60) -> Any:
    """The answer, once there is one."""
    async with asyncio.timeout(seconds):
        while not (answer := await ask()):
            await asyncio.sleep(0.2)
    return answer


def watch(api: ApiProcess, headers: dict[str, str]) -> connect:
    return connect(f"ws://{api.address}/api/v1/live/gate/mse", additional_headers=headers, compression=None)


async def items(api: ApiProcess, path: str, headers: dict[str, str]) -> list[dict[str, Any]]:
    async with httpx.AsyncClient(base_url=api.url, headers=headers, timeout=30) as http:
        found: list[dict[str, Any]] = (await http.get(path)).raise_for_status().json()["items"]
        return found


@ON_POSTGRESQL
async def test_a_view_is_ended_from_another_process(
    kind: str, database: Database, database_url: str, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    one, two = ApiProcess(data, database_url), ApiProcess(tmp_path / "elsewhere", database_url)
    for name in ("keeper", "boss"):
        await asyncio.to_thread(one.make_administrator, name)
    two.data.mkdir()
    shutil.copy(data / "secret.key", two.data)  # two machines of one installation
    async with recorded(data, database), running(one), running(two):
        keeper, boss = await asyncio.to_thread(one.log_in), await asyncio.to_thread(two.log_in, "boss")
        async with watch(one, keeper) as client:
            session_id = (await told(client, "session"))["id"]
            await picture(client)
            (seen,) = await until("the other process knows", lambda: items(two, "/live/sessions", boss))
            assert (seen["id"], seen["viewer"]["name"], seen["may_end"]) == (session_id, "keeper", True)
            async with httpx.AsyncClient(base_url=two.url, headers=boss, timeout=30) as http:
                report = await http.post(f"/live/sessions/{session_id}/report", json={"stalls": 1})
                assert report.status_code == 404  # it is not theirs
                assert (await http.delete(f"/live/sessions/{session_id}")).status_code == 204
            words = await last_words(client)
            assert (client.close_code, words["error"]) == (4410, "live.ended")
        for api in (one, two):

            async def shut(api: ApiProcess = api) -> bool:
                async with watch(api, keeper) as again:
                    message = await again.recv()
                    if "refused" not in str(message):
                        return False
                    return (await last_words(again), again.close_code)[1] == 4410

            await until("this login is kept away", shut)

        async def past() -> list[dict[str, Any]]:
            found = await items(two, "/live/history", boss)
            return [one for one in found if one["id"] == session_id]

        (ended,) = await until("it is in the history", past)
        assert (ended["end_reason"], ended["exact"]) == ("administrator", True)


async def test_what_a_killed_process_left_ends_when_it_was_heard_of_last(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    api = ApiProcess(data, database_url)
    await asyncio.to_thread(api.make_administrator)

    async def stored() -> bool:
        async with database.read() as session:
            return bool((await session.execute(text("SELECT 1 FROM live_session WHERE bytes > 0"))).first())

    async with recorded(data, database):
        async with running(api) as process:
            headers = await asyncio.to_thread(api.log_in)
            async with watch(api, headers) as client:
                session_id = (await told(client, "session"))["id"]
                await until("its numbers are stored", stored)
                os.kill(process.pid, signal.SIGKILL)
                await asyncio.to_thread(process.wait)
        if database.dialect == "postgresql":
            # Another process could be at it: it counts as gone when it said nothing for 40 s.
            async with database.write() as session:
                await session.execute(
                    text("UPDATE live_session SET touched_ms = touched_ms - 60000, start_ms = start_ms - 60000")
                )
        async with running(api):
            (past,) = await until("it is in the history", lambda: items(api, "/live/history", headers))
            assert (past["id"], past["exact"], past["end_reason"]) == (session_id, False, "")
            assert past["start"] <= past["end"]
            assert past["bytes"] > 0
            assert await items(api, "/live/sessions", headers) == []
