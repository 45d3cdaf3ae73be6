"""The RTSP server of a process, put together, and how routes get at it."""

import ssl
from dataclasses import dataclass

from starlette.datastructures import State
from starlette.requests import HTTPConnection

from vedette.live.hub import StreamHub
from vedette.live.restream.dialogue import Front
from vedette.live.restream.login import RtspLogin
from vedette.live.restream.mjpeg import MjpegRoom
from vedette.live.restream.server import RestreamServer
from vedette.live.restream.stream import Restreams


@dataclass(frozen=True, slots=True)
class RtspEnds:
    """What makes a process listen for RTSP. `tls`: the certificate that HTTP has, where it has one."""

    tls: ssl.SSLContext | None = None


def make_server(state: State, hub: StreamHub, ends: RtspEnds) -> RestreamServer:
    """Out of what the app has; it listens once it is entered."""
    login = RtspLogin(state.api_tokens.way, state.authority, state.database, state.clock)
    restreams = Restreams(hub, state.clock)
    front = Front(
        login,
        restreams,
        state.authority,
        state.database,
        state.watchers,
        state.transcodes,
        state.refusals,
        state.clock,
    )
    return RestreamServer(state.settings, front, ends.tls)


def room_of(connection: HTTPConnection) -> MjpegRoom:
    """The process's one."""
    room: MjpegRoom = connection.app.state.mjpeg
    return room


def server_of(connection: HTTPConnection) -> RestreamServer | None:
    """The process's one, None where it has none."""
    server: RestreamServer | None = getattr(connection.app.state, "restream", None)
    return server
