"""How a browser keeps a login: two cookies that no script can read, that no other site's page sends, and that on TLS no
other host or plain-text server can set (`__Host-`, RFC 6265bis, section 4.1.3)."""

from dataclasses import dataclass
from typing import Literal

from starlette.requests import HTTPConnection
from starlette.responses import Response

_ACCESS, _REFRESH, _FLOW = "vedette_access", "vedette_refresh", "vedette_oidc"
Kind = Literal["access", "refresh"]


@dataclass(frozen=True, slots=True)
class Presented:
    """What a request brings of a login session. A bearer token goes before cookies."""

    access: str | None
    refresh: str | None
    by_cookie: bool


def is_tls(connection: HTTPConnection) -> bool:
    """Whether the caller came by TLS."""
    return connection.scope["scheme"] in ("https", "wss")


def presented(connection: HTTPConnection) -> Presented:
    """The tokens in the headers."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    token = token.strip()
    if scheme.lower() == "bearer" and token:
        # A JWT has three parts; API tokens have none of these dots.
        return Presented(token if token.count(".") == 2 else None, None, by_cookie=False)
    tls = is_tls(connection)
    cookies = connection.cookies
    return Presented(cookies.get(_name("access", tls)), cookies.get(_name("refresh", tls)), by_cookie=True)


def keep(response: Response, connection: HTTPConnection, kind: Kind, token: str, seconds: int) -> None:
    """Sets a cookie."""
    tls = is_tls(connection)
    response.set_cookie(
        _name(kind, tls), token, max_age=seconds, path="/", secure=tls, httponly=True, samesite="strict"
    )


def drop(response: Response, connection: HTTPConnection) -> None:
    """Removes both cookies."""
    tls = is_tls(connection)
    for kind in ("access", "refresh"):
        response.delete_cookie(_name(kind, tls), path="/", secure=tls, httponly=True, samesite="strict")


def keep_flow(response: Response, connection: HTTPConnection, sealed: str, seconds: int) -> None:
    """Sets the cookie of a login by an OpenID provider. `Lax`: the way back is a link on another site, and browsers
    would keep a strict one from it."""
    tls = is_tls(connection)
    response.set_cookie(
        _name("flow", tls), sealed, max_age=seconds, path="/", secure=tls, httponly=True, samesite="lax"
    )


def flow_of(connection: HTTPConnection) -> str | None:
    """That cookie."""
    return connection.cookies.get(_name("flow", is_tls(connection)))


def drop_flow(response: Response, connection: HTTPConnection) -> None:
    """Removes it."""
    tls = is_tls(connection)
    response.delete_cookie(_name("flow", tls), path="/", secure=tls, httponly=True, samesite="lax")


def _name(kind: str, tls: bool) -> str:
    name = {"access": _ACCESS, "refresh": _REFRESH, "flow": _FLOW}[kind]
    return f"__Host-{name}" if tls else name
