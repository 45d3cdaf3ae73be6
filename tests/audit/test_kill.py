"""`kill -9` of a real api process while somebody watches: the beginnings are there, the next process tells the ends,
and the chain is whole."""

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select, text
from websockets.asyncio.client import connect

from tests.support.api_process import ApiProcess
from tests.support.footage import T0, add_stream
from tests.support.library import Library, clip
from vedette.audit.chain import verify
from vedette.audit.tables import AuditRow
from vedette.db.session import Database
from vedette.http.instants import format_instant

pytestmark = pytest.mark.anyio


async def views(database: Database, count: int) -> list[AuditRow]:
    """The entries of views, once there are so many. The chain is whole at every moment."""
    while True:
        async with database.read() as session:
            assert (await verify(session)).problem is None
            wanted = AuditRow.action.startswith("live.") | AuditRow.action.startswith("playback.")
            rows = list(await session.scalars(select(AuditRow).where(wanted).order_by(AuditRow.id)))
        if len(rows) >= count:
            return rows
        await asyncio.sleep(0.2)


def told(row: AuditRow) -> dict[str, Any]:
    assert row.after is not None
    return row.after


async def test_views_of_a_killed_api_are_ended_by_the_next_one(database_url: str, tmp_path: Path) -> None:
    database = Database(database_url)
    library = await Library.make(database, tmp_path / "footage")
    (file, *_) = await library.record(await add_stream(database), T0, clip())
    api = ApiProcess(tmp_path / "data", database_url)
    await asyncio.to_thread(api.make_administrator)
    with api.running() as process:
        headers = await asyncio.to_thread(api.log_in)
        async with httpx.AsyncClient(base_url=api.url, headers=headers) as http:
            address = f"ws://127.0.0.1:{api.port}/api/v1/live/gate/mse"
            async with connect(address, additional_headers=headers, compression=None):
                await views(database, 1)
                params = {"start": format_instant(T0), "end": format_instant(T0 + 5000)}
                assert (await http.get("/playback/gate/index.m3u8", params=params)).is_success
                assert (await http.get(f"/playback/segments/{file.id}.mp4")).is_success
                begun = await views(database, 2)
                os.kill(process.pid, signal.SIGKILL)
                await asyncio.to_thread(process.wait)
    assert [row.action for row in begun] == ["live.view", "playback.view"]
    if database.dialect == "postgresql":
        # Another api could be at it: it counts as gone when it said nothing for a minute.
        async with database.write() as session:
            await session.execute(text("UPDATE open_view SET touched_ms = touched_ms - 600000"))
    with api.running():
        rows = await views(database, 4)
    ends = {row.action: row for row in rows[2:]}
    assert sorted(ends) == ["live.end", "playback.end"]
    for start in begun:
        end = ends[start.action.replace("view", "end")]
        assert (told(end)["view"], told(end)["exact"]) == (told(start)["view"], False)
        assert (end.actor_name, end.camera_id, end.address) == (start.actor_name, start.camera_id, start.address)
        assert "or later" in end.detail
    assert len(await views(database, 4)) == 4
    await database.aclose()
