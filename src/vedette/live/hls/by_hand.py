"""The two addresses that every player of low-latency HLS asks five times a second, without FastAPI's part of the work.

FastAPI reads parameters and dependencies anew for each request, which costs more than all that is done for the answer.
Here a request that says nothing unusual is read by hand, let in by the very functions that its route declares, and goes
to the route's own function. Whatever is not plain goes FastAPI's way, also to be told what is wrong with it.
"""

import re
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final

from fastapi import Request, Response
from fastapi.routing import APIRoute

_CAMERA: Final = re.compile(r"[A-Za-z0-9-]{1,100}")
_RENDITION: Final = re.compile(r"[a-z0-9-]{1,20}")
_WINDOW: Final = re.compile(r"[0-9a-f]{1,16}")
_COUNT: Final = re.compile(r"[0-9]{1,15}")

Said = dict[str, Any]
Read = Callable[[Request], Said | None]
LetIn = Callable[[Request, str], Awaitable[Said]]


def playlist_wanted(request: Request) -> Said | None:
    """The parameters of `live_playlist`; None where they are for FastAPI to judge."""
    said = _whose(request)
    if said is None:
        return None
    for name, parameter in (("msn", "_HLS_msn"), ("part", "_HLS_part")):
        text = request.query_params.get(parameter)
        if text is not None and not _COUNT.fullmatch(text):
            return None
        said[name] = None if text is None else int(text)
    said["request"] = request
    return said


def part_wanted(request: Request) -> Said | None:
    """The parameters of `live_part`; None as above."""
    said, path = _whose(request), request.path_params
    window, number = str(path["window"]), str(path["number"])
    if said is None or not _WINDOW.fullmatch(window) or not _COUNT.fullmatch(number):
        return None
    return said | {"window": window, "number": int(number)}


def _whose(request: Request) -> Said | None:
    camera, rendition = str(request.path_params["camera"]), str(request.path_params["rendition"])
    if not _CAMERA.fullmatch(camera) or not _RENDITION.fullmatch(rendition):
        return None
    return {"camera": camera, "rendition": rendition}


def by_hand(read: Read, let_in: LetIn) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """For the function of a route of `QuickRoute`. `let_in` raises what the route's dependencies raise, and gives what
    the function takes from them."""

    def mark(endpoint: Callable[..., Any]) -> Callable[..., Any]:
        endpoint.vedette_by_hand = (read, let_in)  # type: ignore[attr-defined] # a function takes attributes
        return endpoint

    return mark


class QuickRoute(APIRoute):
    """A route whose plain requests go past FastAPI where its function is marked `by_hand`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        whole = super().get_route_handler()
        endpoint: Callable[..., Awaitable[Response]] = self.endpoint
        marked: tuple[Read, LetIn] | None = getattr(endpoint, "vedette_by_hand", None)
        if marked is None:
            return whole
        read, let_in = marked

        async def handle(request: Request) -> Response:
            said = read(request)
            if said is None:
                return await whole(request)
            return await endpoint(**said, **await let_in(request, said["camera"]))

        return handle
