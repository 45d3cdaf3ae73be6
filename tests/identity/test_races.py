"""What two requests at the same moment must not be able to do, on both databases."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from tests.support.accounts import AUTH, PASSWORD, USERS, add_user, bearer, log_in
from tests.support.app import TestRecorders, started
from vedette.api.app import create_app
from vedette.core.clock import SystemClock
from vedette.db.session import Database
from vedette.identity import admins, setup
from vedette.identity.tables import UserRow
from vedette.settings import Settings

pytestmark = pytest.mark.anyio


@pytest.fixture
def app(database: Database, settings: Settings, recorders: TestRecorders) -> FastAPI:
    return create_app(settings, database, recorders=recorders)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with started(app) as client:
        yield client


async def test_of_those_who_set_up_at_once_one_is_the_first(
    client: httpx.AsyncClient, database: Database, settings: Settings
) -> None:
    token = setup.make_token(settings)
    tries = [
        client.post(f"{AUTH}/setup", json={"token": token, "username": name, "password": PASSWORD})
        for name in ("anna", "bert", "carl", "dora")
    ]
    answers = await asyncio.gather(*tries)
    assert min(answer.status_code for answer in answers) == 201
    assert {answer.status_code for answer in answers if answer.status_code != 201} <= {401, 409}
    async with database.read() as session:
        assert await session.scalar(select(func.count(UserRow.id))) == 1


@pytest.mark.parametrize("ending", ["delete", "disable"])
async def test_administrators_who_remove_one_another_leave_one(
    app: FastAPI, client: httpx.AsyncClient, database: Database, ending: str
) -> None:
    people = [await add_user(app, name, "admin") for name in ("anna", "bert")]
    theirs = [bearer(await log_in(client, one.row.username)) for one in people]
    paths = [f"{USERS}/{one.row.id}" for one in reversed(people)]
    method = "DELETE" if ending == "delete" else "POST"
    paths = [path if ending == "delete" else f"{path}/disable" for path in paths]
    tries = [client.request(method, path, headers=headers) for path, headers in zip(paths, theirs, strict=True)]
    answers = await asyncio.gather(*tries)
    assert [answer.status_code for answer in answers if answer.status_code >= 500] == []
    async with database.read() as session:
        assert await admins.count(session, SystemClock().now_ms()) == 1


async def test_a_refresh_token_that_two_tabs_bring_at_once_is_no_theft(app: FastAPI, client: httpx.AsyncClient) -> None:
    await add_user(app, "anna")
    token = (await log_in(client, "anna"))["refresh_token"]
    tries = [client.post(f"{AUTH}/refresh", json={"refresh_token": token}) for _ in range(4)]
    answers = await asyncio.gather(*tries)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["refresh_token"] for answer in answers}) == 1
