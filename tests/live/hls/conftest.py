"""The app, with a recorder that a test speaks for."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.recorder_twin import RecorderTwin, until
from tests.support.running import RunningApp, StillClock, running_app
from vedette.db.session import Database


@pytest.fixture
def clock() -> StillClock:
    return StillClock(1_700_000_000_000)


@pytest.fixture
async def app(tmp_path: Path, sqlite_database: Database, clock: StillClock) -> AsyncIterator[RunningApp]:
    async with running_app(tmp_path, sqlite_database, clock) as app:
        yield app


@pytest.fixture
async def recorder(app: RunningApp) -> AsyncIterator[RecorderTwin]:
    async with RecorderTwin(app.data / "run") as recorder:
        await until(app.hub.recorders, "the hub connects")
        yield recorder
