"""What routers take from the running app. `create_app` puts it there."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import Depends
from starlette.requests import HTTPConnection

from vedette.core.clock import Clock
from vedette.db.session import Database
from vedette.settings import Settings

Thing = TypeVar("Thing")


def taken(give: Callable[[Any], Thing]) -> Any:
    """A dependency for what only has to be picked up: `give` gets the request or socket, and never waits.

    FastAPI sends plain functions to a thread, and the request waits for its turn twice: measured, half of what a
    request for a part of a live stream cost.
    """

    async def take(connection: HTTPConnection) -> Thing:
        return give(connection)

    return Depends(take)


def database_of(connection: HTTPConnection) -> Database:
    """The process's connection pool."""
    database: Database = connection.app.state.database
    return database


def clock_of(connection: HTTPConnection) -> Clock:
    """The process's clock."""
    clock: Clock = connection.app.state.clock
    return clock


def settings_of(connection: HTTPConnection) -> Settings:
    """The node's settings."""
    settings: Settings = connection.app.state.settings
    return settings


DatabaseDep = Annotated[Database, taken(database_of)]
ClockDep = Annotated[Clock, taken(clock_of)]
SettingsDep = Annotated[Settings, taken(settings_of)]
