"""How routes get at share links."""

from typing import Annotated

from starlette.requests import HTTPConnection

from vedette.http.deps import taken
from vedette.identity.shares.service import ShareService


def service_of(connection: HTTPConnection) -> ShareService:
    """The app's one."""
    service: ShareService = connection.app.state.shares
    return service


Service = Annotated[ShareService, taken(service_of)]
