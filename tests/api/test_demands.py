"""Every route says what it demands: one that does not would be open to anybody."""

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, APIWebSocketRoute
from starlette.routing import BaseRoute

from vedette.access.permissions import UNUSED, Permission
from vedette.api import routers
from vedette.api.app import create_app
from vedette.http.access import Demand, demand_of
from vedette.settings import Settings


def demands(dependant: Dependant) -> Iterator[Demand]:
    for inner in dependant.dependencies:
        if (found := demand_of(inner.call)) is not None:
            yield found
        yield from demands(inner)


def routes() -> list[BaseRoute]:
    """Those of the routers, and of the app itself should it get some."""
    own = [route for route in create_app(Settings()).routes if isinstance(route, APIRoute | APIWebSocketRoute)]
    return [*own, *(route for router in (*routers.API, *routers.ROOT) for route in router.routes)]


@pytest.mark.parametrize("route", routes(), ids=lambda route: f"{getattr(route, 'name', '')}")
def test_a_route_declares_exactly_one_demand(route: BaseRoute) -> None:
    assert isinstance(route, APIRoute | APIWebSocketRoute), "mount nothing that can't declare a demand"
    found = list(demands(route.dependant))
    assert len(found) == 1, f"{route.path} declares {len(found)} demands; see vedette.http.access"
    (demand,) = found
    if demand.camera is not None:
        assert demand.camera in route.param_convertors, "it names a parameter of the path"
    if "camera" in route.param_convertors:
        assert demand.camera == "camera", "a route about one camera demands something on that camera"


def test_all_routes_of_the_app_were_looked_at() -> None:
    def count(parts: Any) -> int:
        return sum(len(router.routes) for router in parts)

    document = create_app(Settings()).openapi()
    operations = sum(len(methods) for methods in document["paths"].values())
    assert count((*routers.API, *routers.ROOT)) >= operations > 40


def test_what_is_said_to_have_no_operation_yet_has_none() -> None:
    """Who adds the first one takes the permission out of `UNUSED`: pages then offer it."""
    demanded = {demand.permission for route in routes() for demand in demands(route.dependant)}  # type: ignore[attr-defined] # routes have one
    in_services = {Permission.SHARE_CREATE}  # it is of the camera in the body
    assert frozenset(Permission) - demanded - in_services == UNUSED


def test_few_things_are_for_everybody() -> None:
    public = {
        route.path
        for route in routes()
        if isinstance(route, APIRoute) and any(demand.public for demand in demands(route.dependant))
    }
    login = {"/auth/setup", "/auth/login", "/auth/refresh", "/auth/logout"}
    login |= {"/auth/oidc", "/auth/oidc/{provider}/start", "/auth/oidc/{provider}/callback"}
    login |= {"/share/{token}", "/share/{token}/open"}  # who has the link
    assert public == {"/healthz", "/readyz", "/api/openapi.json", "/api/docs"} | login


@pytest.mark.parametrize("route", routes(), ids=lambda route: f"{getattr(route, 'name', '')}")
def test_nothing_that_a_route_depends_on_goes_to_a_thread(route: BaseRoute) -> None:
    """FastAPI sends plain functions to one, which costs more than all the rest of a small request: see `taken`."""

    def plain(dependant: Dependant) -> Iterator[str]:
        for inner in dependant.dependencies:
            if inspect.isroutine(inner.call) and not inspect.iscoroutinefunction(inner.call):
                yield inner.call.__qualname__
            yield from plain(inner)

    assert isinstance(route, APIRoute | APIWebSocketRoute)
    assert list(plain(route.dependant)) == []
