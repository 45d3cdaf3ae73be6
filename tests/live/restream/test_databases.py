"""What the RTSP server asks of the database, on SQLite and PostgreSQL: logins, rights, sessions, the audit log."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.support.recording import until
from tests.support.restreamed import Place, Token, restreamed
from tests.support.rtsp_asker import asking

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240)]


async def until_audited(place: Place, action: str, word: str) -> dict[str, Any]:
    """The newest entry of this action that has the word in it."""

    async def ask() -> dict[str, Any] | None:
        items = (await place.app.http.get("/audit", params={"action": action})).json()["items"]
        return next((one for one in items if word in str(one)), None)

    return await until(f"{action} of {word} is in the audit log", ask)


async def test_from_the_login_to_the_end_of_a_view(tmp_path: Path, database_url: str) -> None:
    async with restreamed(tmp_path / "place", ("small",), database_url=database_url, rate_media=0) as place:
        await place.desk.add_camera("other", "rtsp://127.0.0.1:1/away")
        token = await place.token(name="the lobby")
        wrong = Token(token.id, token.secret[:-1] + ("a" if token.secret[-1] != "a" else "b"))
        async with asking(place.port, wrong) as asker:
            assert (await asker.ask("DESCRIBE", place.url("small"))).status == 401
        await until_audited(place, "auth.login", "rtsp")
        narrow = await place.token(name="narrow", cameras=[str(place.cameras["small"].id)])
        async with asking(place.port, narrow) as asker:
            assert (await asker.ask("DESCRIBE", place.url("other"))).status == 404
        await until_audited(place, "access.refuse", "narrow")

        async with asking(place.port, token) as one, asking(place.port, token) as two:
            for asker in (one, two):
                assert (await asker.play(place.url("small"))).status == 200
                assert await asker.packet() is not None

            async def listed() -> bool | None:
                answer = await place.app.http.get("/live/sessions")
                return [row["transport"] for row in answer.json()["items"]] == ["rtsp", "rtsp"] or None

            await until("both are listed", listed)
            await until_audited(place, "live.view", "the lobby")
            assert (await place.app.http.delete(f"/api-tokens/{token.id}")).status_code == 204
            assert all(await asyncio.gather(one.ended(15), two.ended(15)))
        await until_audited(place, "live.end", "the lobby")
        async with asking(place.port, token) as asker:
            assert (await asker.ask("DESCRIBE", place.url("small"))).status == 401
