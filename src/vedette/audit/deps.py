"""What routers take of the audit log from the running app."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from vedette.audit.views import ViewLog


def views_of(connection: HTTPConnection) -> ViewLog:
    """The process's one."""
    views: ViewLog = connection.app.state.views
    return views


ViewsDep = Annotated[ViewLog, Depends(views_of)]
