"""The operations of the API as its document tells them, with bodies that would be good, for tests that spoil them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from vedette.api.app import create_app
from vedette.settings import Settings

DOCUMENT: dict[str, Any] = create_app(Settings()).openapi()
_NOBODY = str(UUID(int=7))


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path."""

    method: str
    path: str
    spec: dict[str, Any]

    @property
    def body(self) -> dict[str, Any] | None:
        """The schema of its JSON body."""
        content = self.spec.get("requestBody", {}).get("content", {})
        found = content.get("application/json")
        return None if found is None else resolved(found["schema"])

    def url(self, **given: str) -> str:
        """The path with plausible, or these, parameters; and the queries it can't do without."""
        url, query = self.path, []
        for one in self.spec.get("parameters", []):
            value = given.get(one["name"], plausible_parameter(one))
            if one["in"] == "path":
                url = url.replace("{" + one["name"] + "}", value)
            elif one["in"] == "query" and (one.get("required") or one["name"] in given):
                query.append(f"{one['name']}={value}")
        return url + ("?" + "&".join(query) if query else "")


def operations() -> Iterator[Operation]:
    """All of them."""
    for path, methods in DOCUMENT["paths"].items():
        for method, spec in methods.items():
            yield Operation(method.upper(), path, spec)


def with_body() -> list[Operation]:
    """Those that take JSON."""
    return [one for one in operations() if one.body is not None]


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema that a reference leads to; of several kinds the first that is not null."""
    while True:
        if "$ref" in schema:
            schema = DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        elif "anyOf" in schema or "oneOf" in schema:
            kinds = schema.get("anyOf") or schema["oneOf"]
            schema = next(one for one in kinds if one.get("type") != "null")
        else:
            return schema


def plausible_parameter(parameter: dict[str, Any]) -> str:
    """Something that is read without complaint."""
    name = parameter["name"]
    if name in ("start", "from", "since"):
        return "2026-11-20T00:00:00Z"
    if name in ("end", "to", "until", "t", "at"):
        return "2026-11-21T00:00:00Z"
    return {"month": "2026-11", "camera": "gate", "camera_id": _NOBODY, "digest": "0" * 64}.get(
        name, _NOBODY if name.endswith("_id") else "1"
    )


def plausible(schema: dict[str, Any], name: str = "") -> Any:
    """A value for a schema; all that an object must have."""
    schema = resolved(schema)
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    match schema.get("type"):
        case "object":
            return {key: plausible(schema["properties"][key], key) for key in schema.get("required", [])}
        case "array" if "prefixItems" in schema:
            return [plausible(one, name) for one in schema["prefixItems"]]
        case "array":
            return [plausible(schema["items"], name)] if schema.get("minItems") else []
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return False
        case "string" if schema.get("format") == "uuid":
            return _NOBODY
        case "string" if schema.get("format") == "date-time":
            return "2026-11-21T00:00:00Z"
        case _:
            return {"url": "rtsp://cam/x", "username": "somebody", "timezone": "UTC"}.get(name, "three random words")


def strings_of(operation: Operation) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each text field of the body, with a good body around it."""
    body = operation.body or {}
    for name, schema in body.get("properties", {}).items():
        if resolved(schema).get("type") == "string":
            yield name, plausible(body)
