"""Pages of other sites that may use the API (the Fetch standard's CORS protocol): those that the settings list, with
tokens that they bring themselves. Never with cookies, so that being logged in here gives no other site anything."""

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
_REQUEST_HEADERS = ("authorization", "content-type", "if-match", "if-none-match", "if-range", "range")
_ANSWER_HEADERS = (
    "accept-ranges",
    "content-disposition",
    "content-range",
    "etag",
    "location",
    "ratelimit",
    "ratelimit-policy",
    "retry-after",
)
_PREFLIGHT_S = 600


class Cors(CORSMiddleware):
    """ASGI middleware; `origins` in the form of `core.origins`."""

    def __init__(self, app: ASGIApp, origins: tuple[str, ...]) -> None:
        super().__init__(
            app,
            allow_origins=origins,
            allow_methods=_METHODS,
            allow_headers=_REQUEST_HEADERS,
            expose_headers=_ANSWER_HEADERS,
            allow_credentials=False,
            max_age=_PREFLIGHT_S,
        )
