"""Accounts for tests: users made with cheap hashes, and clients that are logged in as them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI

from tests.support.people import add_user as add_row
from tests.support.people import grant
from vedette.access.principal import SYSTEM
from vedette.core.clock import ManualClock
from vedette.db.session import Database
from vedette.identity.accounts import Accounts
from vedette.identity.sessions import Origin
from vedette.identity.tables import UserRow
from vedette.identity.users_service import NewUser, Stored

PASSWORD = "three random words"
AUTH = "/api/v1/auth"
USERS = "/api/v1/users"


def accounts_in(app: FastAPI) -> Accounts:
    """The services of a running app."""
    accounts: Accounts = app.state.accounts
    return accounts


async def add_user(app: FastAPI, username: str, role: str | None = "viewer", password: str = PASSWORD) -> Stored:
    """A user, as `vedette user create` makes them; the first one is an administrator."""
    accounts = accounts_in(app)
    stored, _ = await accounts.users.page(1, None, None)
    role = role if stored else "admin"
    made = await accounts.users.create(NewUser(username, password, role), SYSTEM, first=not stored)
    app.state.authority.forget()
    return made


async def log_in(client: httpx.AsyncClient, username: str, password: str = PASSWORD, **more: Any) -> dict[str, Any]:
    """The answer to a login that works."""
    answer = await client.post(f"{AUTH}/login", json={"username": username, "password": password, **more})
    assert answer.status_code == 200, answer.text
    tokens: dict[str, Any] = answer.json()
    return tokens


def bearer(tokens: dict[str, Any]) -> dict[str, str]:
    """The header of a program."""
    return {"Authorization": f"Bearer {tokens['access_token']}"}


async def signed_in(app: FastAPI, username: str = "tester") -> dict[str, str]:
    """The headers of a new administrator's open session. No password is hashed: most tests are not about that. One
    that fits nothing makes them somebody who can log in, so that the last administrator stays."""
    state = app.state
    database: Database = state.database
    user_id = await add_row(database, username, password_hash="fits nothing")
    await grant(database, user_id, "admin")
    state.authority.forget()
    return await session_of(app, user_id)


async def session_of(app: FastAPI, user_id: UUID) -> dict[str, str]:
    """The headers of a new session of a user."""
    database: Database = app.state.database
    async with database.write() as session:
        user = await session.get_one(UserRow, user_id)
        opened = accounts_in(app).sessions.open(session, user, "password", Origin("127.0.0.1", "tests"))
    return bearer({"access_token": opened.access})


class StillClock(ManualClock):
    """It moves only when the test says so: whoever sleeps does so by the machine's clock."""

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@asynccontextmanager
async def client_of(app: FastAPI, base_url: str = "http://127.0.0.1:7070") -> AsyncIterator[httpx.AsyncClient]:
    """Another client of a running app, with cookies of its own."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=base_url) as client:
        yield client
