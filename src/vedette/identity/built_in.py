"""The roles that are always there: rows with fixed ids, for grants to name; what they permit is in the code."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from vedette.access.permissions import BUILT_IN
from vedette.db.dialect import upsert
from vedette.identity.tables import RoleRow

ADMIN_ID = UUID("00000000-0000-7000-8000-000000000001")
OPERATOR_ID = UUID("00000000-0000-7000-8000-000000000002")
VIEWER_ID = UUID("00000000-0000-7000-8000-000000000003")

BUILT_IN_IDS: dict[str, UUID] = {"admin": ADMIN_ID, "operator": OPERATOR_ID, "viewer": VIEWER_ID}

_ABOUT = {
    "admin": "Everything, also users and the system.",
    "operator": "Watches, controls recording, exports, shares and locks evidence.",
    "viewer": "Watches live and recorded pictures.",
}


async def ensure(session: AsyncSession, now_ms: int) -> None:
    """Makes the rows that are not there yet."""
    for name in BUILT_IN:
        values = {
            "id": BUILT_IN_IDS[name],
            "name": name,
            "description": _ABOUT[name],
            "built_in": True,
            "created_ms": now_ms,
            "version": 1,
        }
        await session.execute(upsert(session, RoleRow).values(**values).on_conflict_do_nothing())
