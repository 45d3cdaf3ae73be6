"""/healthz and /readyz, for service managers and load balancers."""

from functools import cache
from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from vedette.api.system import RecordersDep
from vedette.db.migrate import current_revision, newest_revision
from vedette.db.session import Database
from vedette.http.access import public
from vedette.http.deps import DatabaseDep

router = APIRouter(tags=["health"])


class Alive(BaseModel):
    """The process answers."""

    status: Literal["ok"] = "ok"


class Check(BaseModel):
    """One thing that must be so. `detail` says what to do when it is not."""

    name: str
    ok: bool
    detail: str = ""


class Readiness(BaseModel):
    """Whether everything is there to serve and record."""

    status: Literal["ready", "not_ready"]
    checks: list[Check]


@router.get("/healthz", summary="Whether the process lives", dependencies=[public()])
async def healthz() -> Alive:
    """Always ok: who does not get this answer should restart the process."""
    return Alive()


@router.get(
    "/readyz", summary="Whether Vedette can serve", responses={503: {"model": Readiness}}, dependencies=[public()]
)
async def readyz(database: DatabaseDep, recorders: RecordersDep, response: Response) -> Readiness:
    """The database answers, its schema is this version's, and a recorder is connected; 503 when one of them fails."""
    connected = bool(recorders.recorders())
    checks = [
        *await _database(database),
        Check(name="recorder", ok=connected, detail="" if connected else "No recorder process is connected."),
    ]
    ready = all(check.ok for check in checks)
    response.status_code = 200 if ready else 503
    return Readiness(status="ready" if ready else "not_ready", checks=checks)


async def _database(database: Database) -> list[Check]:
    try:
        async with database.read() as session:
            present = await session.run_sync(lambda sync: current_revision(sync.connection()))
    except (SQLAlchemyError, OSError):
        return [Check(name="database", ok=False, detail="The database does not answer.")]
    wanted = _newest_revision()
    told = f"The database has schema {present}, this version needs {wanted}. Run one version of Vedette everywhere."
    schema = Check(name="schema", ok=present == wanted, detail="" if present == wanted else told)
    return [Check(name="database", ok=True), schema]


@cache
def _newest_revision() -> str:
    return newest_revision()
