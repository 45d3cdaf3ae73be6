"""What transports take of the live sessions from the running app."""

from typing import Annotated

from starlette.requests import HTTPConnection

from vedette.http.deps import taken
from vedette.live.sessions.agents import short_agent
from vedette.live.sessions.service import SessionService
from vedette.live.sessions.watchers import Watchers

# Of an answer that begins a view: its id, for reports.
SESSION_HEADER = "X-Vedette-Session"


def watchers_of(connection: HTTPConnection) -> Watchers:
    """The process's one."""
    watchers: Watchers = connection.app.state.watchers
    return watchers


def service_of(connection: HTTPConnection) -> SessionService:
    """The process's one."""
    service: SessionService = connection.app.state.live_sessions
    return service


def agent_of(connection: HTTPConnection) -> str:
    """The program that asks, in short."""
    return short_agent(connection.headers.get("user-agent", ""))


WatchersDep = Annotated[Watchers, taken(watchers_of)]
SessionsDep = Annotated[SessionService, taken(service_of)]
