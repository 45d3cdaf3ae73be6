"""What routers take of the audit log from the running app."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from starlette.requests import HTTPConnection

from vedette.access.principal import Principal
from vedette.audit.views import Playing, Seen, ViewLog
from vedette.http.deps import taken


def views_of(connection: HTTPConnection) -> ViewLog:
    """The process's one."""
    views: ViewLog = connection.app.state.views
    return views


ViewsDep = Annotated[ViewLog, taken(views_of)]


class FileViews:
    """The views of one request for a file. Who asks with HEAD gets its headers and has seen nothing."""

    def __init__(self, request: Request, views: ViewsDep) -> None:
        self._views = None if request.method == "HEAD" else views

    async def once(self, caller: Principal, action: str, seen: Seen, *, recording: UUID | None = None) -> None:
        """See `ViewLog.once`."""
        if self._views is not None:
            await self._views.once(caller, action, seen, recording=recording)

    async def playback(self, caller: Principal, seen: Seen) -> Playing | None:
        """See `ViewLog.playback`."""
        return await self._views.playback(caller, seen) if self._views is not None else None


FileViewsDep = Annotated[FileViews, Depends()]
