"""/api/openapi.json, and /api/docs: the OpenAPI document as one page for people. Made here and not by a bundled viewer:
it needs no network, no script, and the content security policy stays as strict as it is."""

from html import escape
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, JSONResponse

from vedette.http.access import public
from vedette.http.headers import styled_page

_STYLE = """
:root{color-scheme:dark light;--line:#8884;--dim:#888;--accent:#4c9aff}
body{font:14px/1.5 system-ui,sans-serif;margin:0 auto;max-width:64rem;padding:2rem 1rem}
h1{font-size:20px;margin:0}h2{font-size:15px;margin:2rem 0 .5rem;text-transform:capitalize}
code{font:12px/1.5 ui-monospace,monospace}
details{border:1px solid var(--line);border-radius:6px;margin:.25rem 0;padding:.25rem .75rem}
summary{cursor:pointer}summary b{display:inline-block;width:4.5rem;font-size:12px;color:var(--accent)}
summary span{color:var(--dim)}table{border-collapse:collapse;width:100%}
td{vertical-align:top;padding:.15rem .75rem .15rem 0}
td:first-child{white-space:nowrap}h3{font-size:12px;margin:.75rem 0 .25rem;color:var(--dim);font-weight:600}
a{color:var(--accent)}
"""


# No closures over the app: FastAPI remembers every function that it has looked at, and the app with it would stay.
router = APIRouter(include_in_schema=False, dependencies=[public()])


@router.get("/api/openapi.json")
async def openapi_document(request: Request) -> JSONResponse:
    return JSONResponse(request.app.openapi())


@router.get("/api/docs")
async def docs_page(request: Request) -> HTMLResponse:
    return styled_page(_render(request.app.openapi()), _STYLE)


def _render(document: dict[str, Any]) -> str:
    groups: dict[str, list[str]] = {}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            groups.setdefault(operation.get("tags", ["other"])[0], []).append(_operation(method, path, operation))
    body = "".join(f"<h2>{escape(name)}</h2>{''.join(found)}" for name, found in groups.items())
    shapes = "".join(
        f'<details id="{escape(name)}"><summary>{escape(name)}</summary>{_schema(schema)}</details>'
        for name, schema in sorted(document["components"]["schemas"].items())
    )
    info = document["info"]
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(info["title"])} API</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>'
        f"<h1>{escape(info['title'])} {escape(info['version'])}</h1><p>{escape(info.get('description', ''))}</p>"
        '<p>For programs: <a href="/api/openapi.json">/api/openapi.json</a> '
        f"(OpenAPI {escape(document['openapi'])}).</p>"
        f"{body}<h2>Shapes</h2>{shapes}</body></html>"
    )


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    parts = [f"<p>{escape(operation.get('description', ''))}</p>"]
    if parameters := operation.get("parameters"):
        rows = "".join(
            f"<tr><td><code>{escape(one['name'])}</code></td><td>{_kind(one['schema'])}, {escape(one['in'])}"
            f"{', needed' if one.get('required') else ''}</td><td>{escape(one.get('description', ''))}</td></tr>"
            for one in parameters
        )
        parts.append(f"<h3>Parameters</h3><table>{rows}</table>")
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        parts.append(f"<h3>Body</h3><p>{_kind(content.get('schema', {}))} <code>{escape(media)}</code></p>")
    rows = "".join(_response(status, one) for status, one in operation["responses"].items())
    parts.append(f"<h3>Answers</h3><table>{rows}</table>")
    return (
        f"<details><summary><b>{method.upper()}</b><code>{escape(path)}</code> "
        f"<span>{escape(operation.get('summary', ''))}</span></summary>{''.join(parts)}</details>"
    )


def _response(status: str, response: dict[str, Any]) -> str:
    kinds = ", ".join(_kind(one.get("schema", {})) for one in response.get("content", {}).values())
    return f"<tr><td>{escape(status)}</td><td>{kinds}</td><td>{escape(response.get('description', ''))}</td></tr>"


def _schema(schema: dict[str, Any]) -> str:
    needed = schema.get("required", [])
    rows = "".join(
        f"<tr><td><code>{escape(name)}</code></td><td>{_kind(one)}{', needed' if name in needed else ''}</td>"
        f"<td>{escape(one.get('description', ''))}</td></tr>"
        for name, one in schema.get("properties", {}).items()
    )
    return f"<p>{escape(schema.get('description', ''))}</p><table>{rows}</table>"


def _kind(schema: dict[str, Any]) -> str:
    """A schema in a few words, with links to named shapes."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rsplit("/", 1)[-1])
        return f'<a href="#{name}">{name}</a>'
    for union in ("anyOf", "oneOf"):
        if union in schema:
            return " or ".join(_kind(one) for one in schema[union])
    if "enum" in schema:
        return " | ".join(f"<code>{escape(str(value))}</code>" for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    return escape(str(schema.get("format") or schema.get("type") or "anything"))
