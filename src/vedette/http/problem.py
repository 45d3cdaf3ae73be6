"""Errors as problem details (RFC 9457): every failure is `application/problem+json` with a stable `code`."""

import asyncio
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response, WebSocket
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from sqlalchemy.exc import InterfaceError, OperationalError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect, WebSocketState

from vedette.access.permissions import Permission
from vedette.access.principal import Principal
from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.ids import uuid7
from vedette.core.logs import get_logger
from vedette.core.redaction import redact
from vedette.core.words import sentences
from vedette.http import refusals

log = get_logger("http")

MEDIA_TYPE = "application/problem+json"
# How long a peer that may not be there is given to take the closing frame.
_CLOSING_S = 2.0

STATUS_OF: dict[ErrorKind, int] = {
    ErrorKind.INVALID: 422,
    ErrorKind.UNAUTHENTICATED: 401,
    ErrorKind.FORBIDDEN: 403,
    ErrorKind.NOT_FOUND: 404,
    ErrorKind.CONFLICT: 409,
    ErrorKind.PRECONDITION: 412,
    ErrorKind.TOO_MANY: 429,
    ErrorKind.UNAVAILABLE: 503,
    ErrorKind.EXHAUSTED: 507,
    ErrorKind.DATA_LOSS: 500,
    ErrorKind.INTERNAL: 500,
}


class FieldProblem(BaseModel):
    """One bad input. `field` is a dotted path in the body, or the name of the parameter."""

    field: str
    message: str
    code: str


class Problem(BaseModel):
    """What went wrong, for a program (`code`) and for a person (`detail`)."""

    type: str = Field(default="about:blank", description="Always about:blank: `code` tells problems apart.")
    title: str = Field(description="The phrase of the status code.")
    status: int
    detail: str = Field(description="What happened, to what, and what to do.")
    code: str = Field(description="Stable and dotted, as `camera.not_found`.")
    field: str | None = Field(default=None, description="The bad input, where there is one.")
    place: str | None = Field(
        default=None,
        description="Where in the storage it is, as a file's path. Only for `storage.view`.",
    )
    errors: list[FieldProblem] = Field(default_factory=list, description="Every bad input, when there are several.")


def problem(
    status: int, code: str, detail: str, *, field: str | None = None, errors: Sequence[FieldProblem] = ()
) -> Problem:
    """A problem with the title of its status."""
    return Problem(
        title=HTTPStatus(status).phrase, status=status, detail=detail, code=code, field=field, errors=list(errors)
    )


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route that can fail in these ways. 422 and the rest are added to every operation."""
    return {status: {"model": Problem, "description": HTTPStatus(status).phrase} for status in statuses}


def from_error(error: VedetteError, scope: Scope | None = None) -> Problem:
    """The problem that tells of an expected failure, to the caller of `scope`."""
    found = problem(STATUS_OF[error.kind], error.code, redact(error.message), field=error.field)
    if error.place is not None and scope is not None and sees_storage(scope):
        found.place = redact(error.place)
    return found


def sees_storage(scope: Scope) -> bool:
    """Whether the caller, as far as somebody asked who that is, may know where in the storage things are."""
    caller = scope.get(refusals.PRINCIPAL)
    if not isinstance(caller, Principal):
        return False
    return caller.may(Permission.STORAGE_VIEW, None, scope["app"].state.clock.now_ms())


def from_validation(errors: Sequence[Any]) -> Problem:
    """The problem of input that pydantic refused. Never holds the input itself: it may be a password."""
    found = [
        FieldProblem(field=_field_name(error["loc"]), message=_sentence(error), code=error["type"]) for error in errors
    ]
    first = found[0]
    detail = f"{first.field}: {first.message}" if first.field else first.message
    return problem(422, "request.invalid", detail, field=first.field or None, errors=found)


def _field_name(location: Sequence[str | int]) -> str:
    return ".".join(str(part) for part in location[1:] if part != "")


def _sentence(error: Any) -> str:
    if error["type"] == "extra_forbidden":
        return "There is no such field."
    if error["type"] == "json_invalid":
        return "The body is not JSON."
    return sentences(str(error["msg"]).removeprefix("Value error, "))


def render(found: Problem, headers: dict[str, str] | None = None) -> Response:
    """The answer for a problem."""
    body = found.model_dump_json(exclude_none=True)
    return Response(body, status_code=found.status, media_type=MEDIA_TYPE, headers=headers)


def install(app: FastAPI) -> None:
    """Maps every kind of error of `app` to a problem."""

    @app.exception_handler(VedetteError)
    async def on_expected(request: Request | WebSocket, error: VedetteError) -> Response | None:
        refusals.note(request.scope, error)
        if isinstance(request, WebSocket):
            await close_socket(request, error)
            return None
        wait_s = 5 if error.kind is ErrorKind.UNAVAILABLE else error.retry_after_s
        return render(from_error(error, request.scope), {"Retry-After": str(wait_s)} if wait_s else None)

    async def on_database(_request: Request, error: Exception) -> Response:
        log.error("the database failed a request", error=redact(str(getattr(error, "orig", error))))
        found = problem(503, "database.unavailable", "The database does not answer or is too busy. Try again shortly.")
        return render(found, {"Retry-After": "5"})

    for kind in (OperationalError, InterfaceError, ConnectionRefusedError):
        app.add_exception_handler(kind, on_database)

    @app.exception_handler(RequestValidationError)
    async def on_validation(_request: Request, error: RequestValidationError) -> Response:
        return render(from_validation(error.errors()))

    @app.exception_handler(HTTPException)
    async def on_http(_request: Request, error: HTTPException) -> Response:
        phrase = HTTPStatus(error.status_code).phrase
        code = f"http.{phrase.lower().replace(' ', '_').replace('-', '_')}"
        detail = str(error.detail).rstrip(".") + "."
        return render(problem(error.status_code, code, detail), dict(error.headers or {}))


def close_code(error: VedetteError) -> int:
    """The code that closes a WebSocket for this reason: 4000 above the status, as 4401 or 4404."""
    return 4000 + STATUS_OF[error.kind]


def close_reason(message: str) -> str:
    """Cut to what fits into a close frame (RFC 6455, section 5.5: 123 bytes)."""
    return message.encode()[:123].decode(errors="ignore")


async def close_socket(socket: WebSocket, error: VedetteError) -> None:
    """Ends a WebSocket with the reason. One that was not accepted yet is first: a browser hides from its page why a
    handshake failed, and shows it the code of a close frame."""
    try:
        async with asyncio.timeout(_CLOSING_S):
            if socket.application_state is WebSocketState.CONNECTING:
                await socket.accept()
            await socket.close(close_code(error), close_reason(redact(error.message)))
    except (TimeoutError, RuntimeError, WebSocketDisconnect, OSError):
        return  # gone already


class CatchUnexpected:
    """Outermost but for headers and metrics: a bug is logged under an id and answered without internals."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] in ("http.response.start", "websocket.accept", "websocket.close")
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception:  # the edge of a request: logged, answered, and the process goes on
            incident = str(uuid7())
            log.exception("request failed", incident=incident, method=scope.get("method", "WS"), path=scope["path"])
            if started:
                raise
            await _answer_unexpected(scope, receive, send, incident)


async def _answer_unexpected(scope: Scope, receive: Receive, send: Send, incident: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1011, "reason": "internal error"})
        return
    found = problem(
        500, "internal", f"Something went wrong inside Vedette. The log has the details under incident {incident}."
    )
    await render(found)(scope, receive, send)


def refuse_body(found: Problem) -> tuple[Message, Message]:
    """The two ASGI messages that answer `found`, for middleware that stands before the app."""
    body = orjson.dumps(found.model_dump(exclude_none=True))
    headers = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", str(len(body)).encode())]
    return (
        {"type": "http.response.start", "status": found.status, "headers": headers},
        {"type": "http.response.body", "body": body},
    )
