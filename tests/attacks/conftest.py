"""The app with an administrator who is logged in, and a viewer to attack it as."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from tests.support.accounts import add_user, bearer, log_in
from tests.support.app import started
from vedette.api.app import create_app
from vedette.db.session import Database
from vedette.settings import Settings


@pytest.fixture
def app(database: Database, settings: Settings) -> FastAPI:
    """It listens for recorders as the product does, so that the live routes answer too; none is there."""
    return create_app(settings, database)


@pytest.fixture
async def admin(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """An administrator, as a program with a bearer token."""
    async with started(app) as client:
        await add_user(app, "admin")
        client.headers.update(bearer(await log_in(client, "admin")))
        yield client


@pytest.fixture
async def viewer(app: FastAPI, admin: httpx.AsyncClient) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who may see all cameras and change nothing."""
    await add_user(app, "viewer", "viewer")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=admin.base_url) as client:
        client.headers.update(bearer(await log_in(client, "viewer")))
        yield client
