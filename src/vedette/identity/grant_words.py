"""A grant in words, for lists of people. Pure."""

from collections.abc import Mapping
from uuid import UUID

from vedette.http.instants import format_instant
from vedette.identity.grants_service import StoredGrant


def grant_words(grant: StoredGrant, slugs: Mapping[UUID, str], at_ms: int) -> str:
    """`admin`, `viewer in Front`, `operator of gate at certain hours by Guards`, `viewer until 2026-12-01T... (over)`.
    `slugs` are those of cameras."""
    row = grant.row
    words = [grant.role]
    if grant.zone is not None:
        words.append(f"in {grant.zone}")
    elif row.camera_id is not None:
        words.append(f"of {slugs.get(row.camera_id, 'a camera')}")
    if row.from_ms is not None and row.from_ms > at_ms:
        words.append(f"from {format_instant(row.from_ms)}")
    if row.until_ms is not None:
        words.append(f"until {format_instant(row.until_ms)}")
    if row.hours is not None:
        words.append("at certain hours")
    if row.group_id is not None:
        words.append(f"by {grant.subject}")
    if row.until_ms is not None and row.until_ms <= at_ms:
        words.append("(over)")
    return " ".join(words)
