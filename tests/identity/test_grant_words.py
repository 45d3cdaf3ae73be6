"""Grants in words, as `vedette user list` shows them."""

from typing import Any
from uuid import UUID

import pytest

from vedette.identity.grant_words import grant_words
from vedette.identity.grants_service import StoredGrant
from vedette.identity.tables import GrantRow

NOW = 1_764_547_200_000  # 2025-12-01
GATE, GUARDS = UUID(int=1), UUID(int=2)
DAY = 86_400_000


@pytest.mark.parametrize(
    ("zone", "limits", "said"),
    [
        (None, {}, "viewer"),
        ("Front", {"zone_id": UUID(int=3)}, "viewer in Front"),
        (None, {"camera_id": GATE}, "viewer of gate"),
        (None, {"camera_id": UUID(int=9)}, "viewer of a camera"),
        (None, {"hours": {"timezone": "UTC", "week": [[]] * 7}}, "viewer at certain hours"),
        (None, {"from_ms": NOW - DAY}, "viewer"),
        (None, {"from_ms": NOW + DAY}, "viewer from 2025-12-02T00:00:00.000Z"),
        (None, {"until_ms": NOW + DAY}, "viewer until 2025-12-02T00:00:00.000Z"),
        (None, {"until_ms": NOW}, "viewer until 2025-12-01T00:00:00.000Z (over)"),
        ("Front", {"zone_id": UUID(int=3), "group_id": GUARDS}, "viewer in Front by Guards"),
    ],
)
def test_a_grant_in_words(zone: str | None, limits: dict[str, Any], said: str) -> None:
    grant = StoredGrant(GrantRow(**limits), "Guards", "viewer", zone)
    assert grant_words(grant, {GATE: "gate"}, NOW) == said
