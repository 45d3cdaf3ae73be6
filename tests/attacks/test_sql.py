"""SQL in every text that a client can send: it is data, on SQLite and on PostgreSQL."""

from urllib.parse import quote

import httpx
import pytest
from sqlalchemy import inspect, text

from tests.attacks.operations import operations, strings_of, with_body
from vedette.db.session import Database

pytestmark = pytest.mark.anyio

SQL = (
    "' OR '1'='1",
    "'; DROP TABLE user_account; --",
    "') UNION SELECT password_hash FROM user_account --",
    '" OR ""="',
    "1; SELECT pg_sleep(30)",
    "\\'; DELETE FROM audit; --",
    "%' ESCAPE '!' OR 1=1 --",
)

# By whoever asks: what was asked, and answers of OpenID providers that nobody waited for.
WRITTEN = ("audit", "audit_head", "login_attempt")


async def tables(database: Database) -> dict[str, int]:
    """Every table with its number of rows."""
    async with database.read() as session:
        names = await session.run_sync(lambda one: inspect(one.connection()).get_table_names())
        counts = {}
        for name in names:
            counts[name] = (await session.execute(text(f'SELECT count(*) FROM "{name}"'))).scalar_one()
        return counts


async def test_in_every_parameter(admin: httpx.AsyncClient, database: Database) -> None:
    await admin.post("/api/v1/cameras", json={"name": "Gate", "url": "rtsp://cam/x"})
    before = await tables(database)
    tried = 0
    for one in operations():
        if one.method != "GET":
            continue
        for parameter in one.spec.get("parameters", []):
            if parameter["in"] not in ("path", "query"):
                continue
            for sql in SQL:
                answer = await admin.get(one.url(**{parameter["name"]: quote(sql, safe="")}))
                found = told(answer)
                assert answer.status_code < 500, (one.path, parameter["name"], sql, answer.text)
                assert "sql" not in found.lower().replace(sql.lower(), ""), (one.path, found)
                tried += 1
    after = await tables(database)
    assert tried > 300
    assert {name: after[name] for name in before if name not in WRITTEN} == {
        name: count for name, count in before.items() if name not in WRITTEN
    }


async def test_in_every_field(admin: httpx.AsyncClient, database: Database) -> None:
    known = set(await tables(database))
    tried = 0
    for one in with_body():
        if "probe" in one.path or one.path.endswith(("/test", "/logout", "/demo")):
            continue  # these call out, end this login, or start cameras
        for field, body in strings_of(one):
            for sql in SQL:
                answer = await admin.request(one.method, one.url(), json={**body, field: sql})
                assert answer.status_code < 500 or answer.json()["code"] != "internal", (one.path, field, answer.text)
                tried += 1
    assert tried > 100
    after = await tables(database)
    assert set(after) == known
    assert after["user_account"] > 0
    assert (await admin.get("/api/v1/audit/verify")).json()["intact"] is True


async def test_a_name_is_kept_as_it_was_given(admin: httpx.AsyncClient) -> None:
    for sql in SQL:
        made = await admin.post("/api/v1/zones", json={"name": sql})
        assert made.status_code == 201, made.text
        assert (await admin.get(f"/api/v1/zones/{made.json()['id']}")).json()["name"] == sql


async def test_a_part_of_a_name_is_text_and_no_pattern(admin: httpx.AsyncClient) -> None:
    for path, name in (("users", "q"), ("audit", "actor"), ("audit", "object"), ("audit", "text")):
        for part in ("%", "_", "a%n", "adm_n", "' OR '1'='1", "\\"):
            answer = await admin.get(f"/api/v1/{path}", params={name: part})
            assert answer.status_code == 200, answer.text
            assert answer.json()["items"] == [], (path, name, part)
        assert (await admin.get(f"/api/v1/{path}", params={name: "admin"})).json()["items"] != []


def told(answer: httpx.Response) -> str:
    return answer.text if answer.headers.get("content-type", "").endswith("json") else ""
