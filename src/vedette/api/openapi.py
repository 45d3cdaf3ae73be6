"""The OpenAPI document, made honest: every operation can answer a problem, and names it as its media type."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from vedette.http.problem import MEDIA_TYPE, Problem

_METHODS = frozenset({"get", "put", "post", "delete", "patch", "head", "options"})


def operation_id(route: APIRoute) -> str:
    """The function's name: short, stable, and unique over all routers (a test holds this)."""
    return route.name


def install(app: FastAPI) -> None:
    """Replaces the document that FastAPI would make by ours, made once."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign] # the way that FastAPI documents


def _document(app: FastAPI) -> dict[str, Any]:
    made = get_openapi(
        title=app.title,
        version=app.version,
        openapi_version=app.openapi_version,
        description=app.description,
        routes=app.routes,
        tags=app.openapi_tags,
    )
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    if "Problem" not in schemas:
        schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(schema.pop("$defs", {}))
        schemas["Problem"] = schema
    for path in made["paths"].values():
        for method, operation in path.items():
            if method in _METHODS:
                _tell_of_problems(operation)
    return made


def _tell_of_problems(operation: dict[str, Any]) -> None:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    responses = operation.setdefault("responses", {})
    for status, response in responses.items():
        if status == "422" or _is_problem(response):
            response["content"] = content
            if status == "422":
                response["description"] = "The input is refused; `field` and `errors` say why."
    responses.setdefault("default", {"description": "Any other failure.", "content": content})


def _is_problem(response: dict[str, Any]) -> bool:
    # FastAPI writes what a route answers well with for its problems, too.
    told = response.get("content", {}).values()
    return any(one.get("schema", {}).get("$ref") == "#/components/schemas/Problem" for one in told)
