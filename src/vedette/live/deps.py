"""What the live transports take from the process."""

from typing import TypeVar

from starlette.requests import HTTPConnection

from vedette.core.errors import ErrorKind, VedetteError

Service = TypeVar("Service")


def live_service(connection: HTTPConnection, name: str, kind: type[Service]) -> Service:
    """The process's `app.state.{name}`. Raises VedetteError `live.unavailable` in a process that hears no recorders."""
    service = getattr(connection.app.state, name, None)
    if not isinstance(service, kind):
        raise VedetteError(ErrorKind.UNAVAILABLE, "live.unavailable", "This process hears no recorders.")
    return service
