"""What two requests at the same moment must not be able to do, on both databases."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select, text

from tests.support.accounts import AUTH, PASSWORD, USERS, add_user, bearer, log_in, signed_in
from tests.support.app import TestRecorders, started
from vedette.api.app import create_app
from vedette.core.clock import SystemClock
from vedette.db.session import Database
from vedette.identity import admins, setup
from vedette.identity.tables import GroupRow, UserRow
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


async def waiting(database: Database, many: int) -> None:
    """Until so many transactions wait for a lock."""
    asked = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    while True:
        async with database.engine.connect() as connection:  # a new snapshot each time
            if (await connection.scalar(asked) or 0) >= many:
                return
        await asyncio.sleep(0.01)


@pytest.mark.postgres
@pytest.mark.parametrize("kind", ["postgres"])
@pytest.mark.parametrize("path", ["disable", "delete"])
async def test_edits_of_a_person_and_of_their_group_wait_for_one_another_in_one_order(
    app: FastAPI, client: httpx.AsyncClient, database: Database, path: str
) -> None:
    """One locks the person and then wants what the grants are counted by, the other the group and then the person: that
    was a deadlock, which PostgreSQL ends by failing one of them."""
    await add_user(app, "root")
    person = str((await add_user(app, "anna")).row.id)
    client.headers.update(await signed_in(app))
    group = (await client.post("/api/v1/groups", json={"name": "Watch"})).json()["id"]

    async def ask(method: str, url: str, **more: Any) -> int:
        return (await client.request(method, url, **more)).status_code

    async with database.write() as holding:
        await holding.execute(select(GroupRow).with_for_update())
        joining = asyncio.create_task(ask("PATCH", f"/api/v1/groups/{group}", json={"members": [person]}))
        await asyncio.wait_for(waiting(database, 1), 20)
        url = f"{USERS}/{person}"
        ending = asyncio.create_task(ask("DELETE", url) if path == "delete" else ask("POST", f"{url}/disable"))
        await asyncio.wait_for(waiting(database, 2), 20)
    assert await joining == 200
    assert await ending == (204 if path == "delete" else 200)


async def test_many_edits_of_the_same_people_at_once(
    app: FastAPI, client: httpx.AsyncClient, database: Database
) -> None:
    await add_user(app, "root")
    people = [str((await add_user(app, name)).row.id) for name in ("anna", "bert")]
    client.headers.update(await signed_in(app))
    made = [await client.post("/api/v1/groups", json={"name": name}) for name in ("Watch", "Night")]
    groups = [answer.json()["id"] for answer in made]
    roles = {role["name"]: role["id"] for role in (await client.get("/api/v1/roles")).json()["items"]}
    tries = [
        request
        for turn in range(3)
        for person in people
        for request in (
            client.patch(f"/api/v1/groups/{groups[turn % 2]}", json={"members": people if turn % 2 else []}),
            client.post(f"{USERS}/{person}/{'disable' if turn % 2 else 'enable'}"),
            client.post("/api/v1/grants", json={"group_id": groups[0], "role_id": roles["viewer"]}),
            client.delete(f"{USERS}/{person}/sessions"),
        )
    ]
    answers = await asyncio.gather(*tries)
    assert [answer.text for answer in answers if answer.status_code >= 400] == []
