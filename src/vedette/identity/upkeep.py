"""What the worker forgets of accounts, hourly. What happened stays in the audit log; here goes what nothing asks for.

Bounds: a failed attempt to log in is kept for an hour, a good one for a month, an ended or expired session and a used
recovery code for a month, a revoked or expired API token with its counts, and an ended share link, for three months.
"""

from sqlalchemy import delete, or_
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.identity import attempts
from vedette.identity.tables import RecoveryCodeRow
from vedette.identity.tables_logins import ApiTokenRow, SessionRow, ShareLinkRow

DAY_MS = 86_400_000
# A refresh token that comes back after its session is gone is refused like one of a session that was ended.
SESSION_MS = 30 * DAY_MS
RECOVERY_CODE_MS = 30 * DAY_MS
# People look up what a token or a link was, and how it was used.
TOKEN_MS = 90 * DAY_MS


async def prune(session: AsyncSession, now_ms: int) -> None:
    """Deletes what is older than the bounds above."""
    await attempts.forget_old(session, now_ms)
    for table, kept_ms in ((SessionRow, SESSION_MS), (ApiTokenRow, TOKEN_MS), (ShareLinkRow, TOKEN_MS)):
        before = now_ms - kept_ms
        await session.execute(delete(table).where(or_(table.revoked_ms < before, table.expires_ms < before)))
    await session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.used_ms < now_ms - RECOVERY_CODE_MS))
