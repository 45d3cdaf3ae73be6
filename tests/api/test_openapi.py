"""The document that programs are written against."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from vedette.api.app import create_app
from vedette.settings import Settings

METHODS = {"get", "put", "post", "delete", "patch"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    made: dict[str, Any] = create_app(Settings()).openapi()
    return made


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method in METHODS:
                yield f"{method.upper()} {path}", operation


def test_it_is_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")


def test_every_operation_has_a_name_of_its_own_and_a_summary(document: dict[str, Any]) -> None:
    names = Counter(operation["operationId"] for _, operation in operations(document))
    assert [name for name, count in names.items() if count > 1] == []
    assert all(name.isidentifier() for name in names)
    assert [name for name, operation in operations(document) if not operation.get("summary")] == []
    assert [name for name, operation in operations(document) if not operation.get("tags")] == []


def test_every_operation_tells_of_its_problems(document: dict[str, Any]) -> None:
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    for name, operation in operations(document):
        responses = operation["responses"]
        assert responses["default"]["content"] == {"application/problem+json": problem}, name
        for status, response in responses.items():
            if status.startswith("4"):
                assert response["content"] == {"application/problem+json": problem}, (name, status)
        takes_camera = "{camera}" in name or "{camera_id}" in name
        assert not takes_camera or "404" in responses, name


def test_every_success_has_a_shape(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        good = {status: response for status, response in operation["responses"].items() if status.startswith("2")}
        assert good or "303" in operation["responses"], name  # what only sends a browser on has no shape
        for status, response in good.items():
            content = response.get("content", {})
            assert status == "204" or content, (name, status)
            if "application/json" in content:
                assert content["application/json"]["schema"], (name, status)


def test_inputs_refuse_unknown_fields(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for name, operation in operations(document):
        for kind, content in operation.get("requestBody", {}).get("content", {}).items():
            if kind in ("application/sdp", "application/octet-stream"):
                continue  # no fields
            optional = content["schema"].get("anyOf", [content["schema"]])
            (reference,) = (one["$ref"] for one in optional if one.get("type") != "null")
            schema = schemas[reference.rsplit("/", 1)[-1]]
            assert schema.get("additionalProperties") is False, name


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    def walk(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            if isinstance(value.get("$ref"), str):
                yield value["$ref"]
            for inner in value.values():
                yield from walk(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner)

    names = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(walk(document)) <= names


def test_passwords_are_only_ever_written(document: dict[str, Any]) -> None:
    for name, schema in document["components"]["schemas"].items():
        for field, shape in schema.get("properties", {}).items():
            if (name, field) == ("TotpBegun", "secret") or "boolean" in str(shape):
                continue  # the one is shown once, to be put into an app; the others only speak of passwords
            if "password" in field or "secret" in field:
                assert "writeOnly" in str(shape), (name, field)


@pytest.mark.anyio
async def test_the_page_for_people_has_every_operation_and_no_script(
    document: dict[str, Any], sqlite_client: httpx.AsyncClient
) -> None:
    page = await sqlite_client.get("/api/docs")
    assert (await sqlite_client.get("/api/openapi.json")).json() == document
    assert page.headers["content-type"].startswith("text/html")
    assert "<script" not in page.text
    for name, operation in operations(document):
        assert name.split()[1] in page.text
        assert operation["summary"].replace("'", "&#x27;") in page.text
