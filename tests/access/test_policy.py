"""The policy for any grants: deny by default, more grants never allow less, no camera gives anything on another."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.access.permissions import ADMIN, BUILT_IN, OF_A_CAMERA, OPERATOR, VIEWER, Permission
from vedette.access.policy import Grant, Hours, Limits, allowed, allowed_cameras, permissions, permissions_on

NOW = 1_700_000_000_000  # Tuesday 2023-11-14 22:13:20 UTC
HOUR = 3_600_000
CAMERAS = [UUID(int=number) for number in range(1, 6)]

cameras = st.sampled_from(CAMERAS)
some_cameras = st.frozensets(cameras)
some_permissions = st.frozensets(st.sampled_from(Permission))
instants = st.integers(NOW - 10 * 24 * HOUR, NOW + 10 * 24 * HOUR)
spans = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda span: span[0] < span[1])
hours = st.builds(
    Hours,
    st.sampled_from(["UTC", "Europe/Vienna", "America/St_Johns", "Asia/Kolkata"]),
    st.lists(st.lists(spans, max_size=2).map(tuple), min_size=7, max_size=7).map(tuple),
)
grants = st.builds(
    Grant,
    some_permissions,
    st.none() | some_cameras,
    st.none() | instants,
    st.none() | instants,
    st.none() | hours,
)
limits = st.builds(Limits, st.none() | some_permissions, st.none() | some_cameras)
asked = st.sampled_from(Permission)
wheres = st.none() | cameras


@given(asked, wheres, instants, limits)
def test_without_a_grant_nothing_is_allowed(
    permission: Permission, camera: UUID | None, at_ms: int, limit: Limits
) -> None:
    assert not allowed([], permission, camera, at_ms, limit)
    assert permissions([], at_ms, limit) == frozenset()


@given(st.lists(grants, max_size=4), grants, asked, wheres, instants, limits)
def test_one_more_grant_never_allows_less(
    held: list[Grant], more: Grant, permission: Permission, camera: UUID | None, at_ms: int, limit: Limits
) -> None:
    if allowed(held, permission, camera, at_ms, limit):
        assert allowed([*held, more], permission, camera, at_ms, limit)


@given(st.lists(grants, max_size=4), asked, wheres, instants, limits)
def test_what_is_allowed_comes_of_one_grant_that_says_so(
    held: list[Grant], permission: Permission, camera: UUID | None, at_ms: int, limit: Limits
) -> None:
    reasons = [
        grant
        for grant in held
        if permission in grant.permissions
        and grant.in_force(at_ms)
        and (grant.cameras is None or (permission in OF_A_CAMERA and camera in grant.cameras))
    ]
    if allowed(held, permission, camera, at_ms, limit):
        assert reasons
    elif limit == Limits():
        assert not reasons


@given(st.lists(grants, max_size=4), some_cameras, asked, cameras, instants)
def test_grants_in_zones_give_nothing_elsewhere(
    held: list[Grant], zone: frozenset[UUID], permission: Permission, camera: UUID, at_ms: int
) -> None:
    inside = [replace(grant, cameras=zone & (grant.cameras if grant.cameras is not None else zone)) for grant in held]
    if camera not in zone:
        assert not allowed(inside, permission, camera, at_ms)
    assert not allowed(inside, permission, None, at_ms)


@given(st.lists(grants, max_size=4), asked, wheres, instants, limits)
def test_limits_only_narrow(
    held: list[Grant], permission: Permission, camera: UUID | None, at_ms: int, limit: Limits
) -> None:
    if allowed(held, permission, camera, at_ms, limit):
        assert allowed(held, permission, camera, at_ms)
        assert limit.permissions is None or permission in limit.permissions
        assert limit.cameras is None or camera in limit.cameras


@given(st.lists(grants, max_size=4), asked, instants, limits)
def test_the_list_of_cameras_says_what_single_questions_say(
    held: list[Grant], permission: Permission, at_ms: int, limit: Limits
) -> None:
    listed = allowed_cameras(held, permission, at_ms, limit)
    for camera in CAMERAS:
        assert allowed(held, permission, camera, at_ms, limit) == (listed is None or camera in listed)
    assert allowed(held, permission, None, at_ms, limit) == (listed is None)
    assert (permission in permissions(held, at_ms, limit)) == (listed is None or bool(listed))


@given(st.lists(grants, max_size=4), asked, wheres, instants, limits)
def test_what_is_listed_of_a_camera_is_what_is_allowed_on_it(
    held: list[Grant], permission: Permission, camera: UUID | None, at_ms: int, limit: Limits
) -> None:
    """What concerns no camera is not listed on one."""
    listed = permission in permissions_on(held, camera, at_ms, limit)
    assert listed == (allowed(held, permission, camera, at_ms, limit) and (camera is None or permission in OF_A_CAMERA))


@given(grants, asked, wheres, instants)
def test_a_grant_out_of_its_time_is_none(grant: Grant, permission: Permission, camera: UUID | None, at_ms: int) -> None:
    ended = replace(grant, until_ms=at_ms)
    coming = replace(grant, from_ms=at_ms + 1)
    assert not allowed([ended, coming], permission, camera, at_ms)


@given(st.lists(grants, max_size=4), asked, wheres, instants)
def test_what_concerns_no_camera_is_not_granted_by_zones(
    held: list[Grant], permission: Permission, camera: UUID | None, at_ms: int
) -> None:
    zones = [replace(grant, cameras=frozenset(CAMERAS)) for grant in held]
    if permission not in OF_A_CAMERA:
        assert not allowed(zones, permission, camera, at_ms)


@pytest.mark.parametrize(
    ("timezone", "span", "at_ms", "holds"),
    [
        ("UTC", (22 * 60, 23 * 60), NOW, True),
        ("UTC", (22 * 60 + 13, 22 * 60 + 14), NOW, True),
        ("UTC", (22 * 60, 22 * 60 + 13), NOW, False),  # the end is excluded
        ("UTC", (22 * 60 + 14, 24 * 60), NOW, False),
        ("Europe/Vienna", (23 * 60, 24 * 60), NOW, True),
        ("Europe/Vienna", (22 * 60, 23 * 60), NOW, False),
        ("UTC", (22 * 60, 23 * 60), NOW + 24 * HOUR, False),  # Wednesday
        ("UTC", (22 * 60, 23 * 60), NOW + 7 * 24 * HOUR, True),
    ],
)
def test_hours_are_those_of_the_wall(timezone: str, span: tuple[int, int], at_ms: int, holds: bool) -> None:
    tuesday = Hours(timezone, ((), (span,), (), (), (), (), ()))
    assert tuesday.hold(at_ms) is holds


def test_the_built_in_roles_grow() -> None:
    assert VIEWER < OPERATOR < ADMIN == frozenset(Permission)
    assert set(BUILT_IN) == {"admin", "operator", "viewer"}
    assert Permission.USER_MANAGE not in OPERATOR
