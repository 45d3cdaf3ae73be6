"""What routers take from the running app. `create_app` puts it there."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from vedette.core.clock import Clock
from vedette.db.session import Database
from vedette.settings import Settings


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


DatabaseDep = Annotated[Database, Depends(database_of)]
ClockDep = Annotated[Clock, Depends(clock_of)]
SettingsDep = Annotated[Settings, Depends(settings_of)]
