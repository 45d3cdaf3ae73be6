"""Attempts to log in: counted before the password is looked at, so that many at once can't be ahead of the count.

After some failures in an hour an account, or an address, has to wait, and twice as long after each further one. Whoever
has logged in to the account from the same address before is not kept out by the failures of others: nobody can lock an
administrator out by guessing. Attempts for names that nobody has are treated alike, and so are their answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.core.addresses import network_of
from vedette.identity.tables_logins import LoginAttemptRow

ACCOUNT_FREE = 5
ADDRESS_FREE = 20
FIRST_WAIT_MS = 2_000
LONGEST_WAIT_MS = 15 * 60_000
WINDOW_MS = 60 * 60_000
KNOWN_MS = 30 * 24 * 60 * 60_000

OK, PENDING, PASSWORD, TOTP, UNKNOWN, DISABLED = "ok", "pending", "password", "totp", "unknown", "disabled"
OIDC = "oidc"
# These are no failures. The last one: an OpenID provider is down or said no, or a link was made.
LOCKED, DELAYED, CODE_NEEDED, ELSEWHERE = "locked", "delayed", "code_needed", "elsewhere"
_FAILURES = (PENDING, PASSWORD, TOTP, UNKNOWN, DISABLED, OIDC)
_MOST_COUNTED = ADDRESS_FREE + 20


def wait_until_ms(failures: Sequence[int], free: int) -> int:
    """Until when the next attempt has to wait, 0 when it does not. `failures` are instants in any order; the first
    `free` of them cost nothing."""
    if len(failures) < free:
        return 0
    doublings = min(len(failures) - free, 32)
    return max(failures) + min(FIRST_WAIT_MS << doublings, LONGEST_WAIT_MS)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One that has begun. `locked`: the password must not even be looked at. `next_ms`: from when on the next one would
    be looked at if this one fails, 0 when at once."""

    id: int
    locked: bool
    next_ms: int


async def begin(session: AsyncSession, now_ms: int, username: str, address: str) -> Attempt:
    """Records an attempt as failed until `finish` says otherwise. `username` is folded."""
    source = network_of(address)
    by_name = LoginAttemptRow.username == username
    from_here = LoginAttemptRow.address == source
    known = await session.scalar(
        select(LoginAttemptRow.id)
        .where(by_name, from_here, LoginAttemptRow.outcome == OK, LoginAttemptRow.at_ms > now_ms - KNOWN_MS)
        .limit(1)
    )
    whose = (by_name, from_here) if known is not None else (by_name,)
    last_good = await session.scalar(
        select(LoginAttemptRow.at_ms)
        .where(*whose, LoginAttemptRow.outcome == OK)
        .order_by(LoginAttemptRow.at_ms.desc())
        .limit(1)
    )
    of_account = await _failures(session, max(now_ms - WINDOW_MS, last_good or 0), *whose)
    return await _begun(session, now_ms, username, source, of_account)


async def begin_from(session: AsyncSession, now_ms: int, label: str, address: str) -> Attempt:
    """As `begin`, of somebody whose account is not known yet: only the address has to wait. `label` says how they
    come; no user is called so."""
    return await _begun(session, now_ms, label, network_of(address), None)


async def _begun(
    session: AsyncSession, now_ms: int, username: str, source: str, of_account: list[int] | None
) -> Attempt:
    of_address = await _failures(session, now_ms - WINDOW_MS, LoginAttemptRow.address == source)
    until = _free_ms(of_account, of_address)
    locked = now_ms < until
    after = None if of_account is None else [*of_account, now_ms]
    next_ms = until if locked else _free_ms(after, [*of_address, now_ms])
    row = LoginAttemptRow(at_ms=now_ms, username=username, address=source, outcome=LOCKED if locked else PENDING)
    session.add(row)
    await session.flush()
    return Attempt(row.id, locked, next_ms)


def _free_ms(of_account: Sequence[int] | None, of_address: Sequence[int]) -> int:
    return max(wait_until_ms(of_account or (), ACCOUNT_FREE), wait_until_ms(of_address, ADDRESS_FREE))


async def finish(session: AsyncSession, attempt: Attempt, outcome: str) -> None:
    """Says how it went."""
    await session.execute(update(LoginAttemptRow).where(LoginAttemptRow.id == attempt.id).values(outcome=outcome))


async def forget_old(session: AsyncSession, now_ms: int) -> None:
    """Removes what no delay depends on any more: failures after `WINDOW_MS`, good ones after `KNOWN_MS`."""
    of_no_use = and_(LoginAttemptRow.at_ms < now_ms - WINDOW_MS, LoginAttemptRow.outcome != OK)
    too_old = LoginAttemptRow.at_ms < now_ms - KNOWN_MS
    await session.execute(delete(LoginAttemptRow).where(or_(of_no_use, too_old)))


async def _failures(session: AsyncSession, since_ms: int, *whose: ColumnElement[bool]) -> list[int]:
    statement = (
        select(LoginAttemptRow.at_ms)
        .where(*whose, LoginAttemptRow.at_ms > since_ms, LoginAttemptRow.outcome.in_(_FAILURES))
        .order_by(LoginAttemptRow.at_ms.desc())
        .limit(_MOST_COUNTED)
    )
    return list(await session.scalars(statement))
