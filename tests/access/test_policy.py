"""The policy for any grants: deny by default, more grants never allow less, no camera gives anything on another."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.access.permissions import ADMIN, BUILT_IN, OF_A_CAMERA, OPERATOR, VIEWER, Permission
from vedette.access.policy import (
    Grant,
    Hours,
    Limits,
    allowed,
    allowed_cameras,
    lacking,
    permissions,
    permissions_on,
)

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


def implies(held: frozenset[Permission], permission: Permission) -> bool:
    """Said a second time, from the docs: who may do anything with a camera may see it."""
    return permission in held or (permission is Permission.CAMERA_VIEW and bool(held & OF_A_CAMERA))


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
        if implies(grant.permissions, permission)
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
        assert limit.permissions is None or implies(limit.permissions, permission)
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


OFFICE = Hours("Europe/Vienna", (*(((8 * 60, 18 * 60),) for _ in range(5)), (), ()))
MORNINGS = Hours("Europe/Vienna", (*(((8 * 60, 9 * 60), (9 * 60, 12 * 60)) for _ in range(5)), (), ()))
WORKDAY = 1_700_046_000_000  # Wednesday 2023-11-15 12:00 in Vienna


@pytest.mark.parametrize(
    ("held", "given_grant", "may"),
    [
        (Grant(ADMIN), Grant(ADMIN), True),
        (Grant(ADMIN), Grant(ADMIN, None, None, WORKDAY + HOUR, OFFICE), True),
        (Grant(ADMIN, until_ms=WORKDAY + HOUR), Grant(ADMIN), False),
        (Grant(ADMIN, until_ms=WORKDAY + HOUR), Grant(ADMIN, until_ms=WORKDAY + HOUR), True),
        (Grant(ADMIN, until_ms=WORKDAY + HOUR), Grant(ADMIN, until_ms=WORKDAY + HOUR + 1), False),
        (Grant(ADMIN, until_ms=WORKDAY + HOUR), Grant(VIEWER, from_ms=WORKDAY + 2 * HOUR), False),
        (Grant(ADMIN, from_ms=WORKDAY), Grant(ADMIN), True),  # it has begun: what is past can't be given any more
        (Grant(ADMIN, from_ms=WORKDAY + 1), Grant(ADMIN, from_ms=WORKDAY + 1), False),  # not theirs yet
        (Grant(ADMIN, hours=OFFICE), Grant(ADMIN), False),
        (Grant(ADMIN, hours=OFFICE), Grant(ADMIN, until_ms=WORKDAY + 1), False),
        (Grant(ADMIN, hours=OFFICE), Grant(ADMIN, hours=OFFICE), True),
        (Grant(ADMIN, hours=OFFICE), Grant(ADMIN, hours=MORNINGS), True),
        (Grant(ADMIN, hours=OFFICE), Grant(ADMIN, hours=replace(MORNINGS, timezone="Europe/Berlin")), False),
        (Grant(ADMIN, hours=replace(MORNINGS, week=(*MORNINGS.week[1:], ()))), Grant(VIEWER, hours=OFFICE), False),
        (Grant(OPERATOR), Grant(VIEWER), True),
        (Grant(OPERATOR), Grant(ADMIN), False),
        (Grant(ADMIN, cameras=frozenset(CAMERAS)), Grant(VIEWER, cameras=frozenset(CAMERAS)), False),
    ],
)
def test_nobody_gives_more_than_they_have_in_time_either(held: Grant, given_grant: Grant, may: bool) -> None:
    assert (lacking([held], [given_grant], WORKDAY) == frozenset()) is may


def test_what_is_held_by_several_grants_is_given_by_each_of_its_permissions() -> None:
    lasting, ending = Grant(VIEWER), Grant(OPERATOR, until_ms=WORKDAY + HOUR)
    assert lacking([lasting, ending], [Grant(OPERATOR)], WORKDAY) == OPERATOR - VIEWER
    assert lacking([lasting, ending], [Grant(VIEWER), Grant(OPERATOR, until_ms=WORKDAY + 1)], WORKDAY) == frozenset()
    narrow = Limits(permissions=frozenset({Permission.LIVE_VIEW}))
    assert lacking([lasting], [Grant(VIEWER)], WORKDAY, narrow) == {Permission.PLAYBACK_VIEW}, "to see comes with live"


@given(st.lists(grants, max_size=3), grants, instants, instants, wheres)
def test_what_may_be_given_never_allows_its_giver_more_than_before(
    held: list[Grant], more: Grant, now_ms: int, later_ms: int, camera: UUID | None
) -> None:
    """Whoever gives themselves what they may give has nothing at any later time that they would not have had."""
    if later_ms < now_ms or lacking(held, [more], now_ms):
        return
    for permission in Permission:
        assert allowed([*held, more], permission, camera, later_ms) == allowed(held, permission, camera, later_ms)


@pytest.mark.parametrize("permission", Permission)
def test_who_may_do_anything_with_a_camera_sees_it_and_no_other(permission: Permission) -> None:
    gate, yard = CAMERAS[:2]
    implied = permission in OF_A_CAMERA
    view = Permission.CAMERA_VIEW
    zone = [Grant(frozenset({permission}), frozenset({gate}))]
    assert allowed(zone, view, gate, NOW) is implied
    assert not allowed(zone, view, yard, NOW)
    assert allowed_cameras(zone, view, NOW) == (frozenset({gate}) if implied else frozenset())
    assert (view in permissions_on(zone, gate, NOW)) is implied
    over = [replace(zone[0], until_ms=NOW)]
    assert not allowed(over, view, gate, NOW)
    # The same of what a token leaves.
    everything = [Grant(ADMIN)]
    token = Limits(frozenset({permission}), frozenset({gate}))
    assert allowed(everything, view, gate, NOW, token) is implied
    assert not allowed(everything, view, yard, NOW, token)
    assert allowed_cameras(everything, view, NOW, token) == (frozenset({gate}) if implied else frozenset())


def test_seeing_a_camera_gives_nothing_else() -> None:
    held = [Grant(frozenset({Permission.CAMERA_VIEW}))]
    assert permissions(held, NOW) == {Permission.CAMERA_VIEW}


def test_the_built_in_roles_grow() -> None:
    assert VIEWER < OPERATOR < ADMIN == frozenset(Permission)
    assert set(BUILT_IN) == {"admin", "operator", "viewer"}
    assert Permission.USER_MANAGE not in OPERATOR
