"""The copy of the cameras' settings: nothing secret goes in, and whatever comes back is checked."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.footage import T0
from vedette.cameras.copied import MAX_CAMERAS, CopiedCamera, copied, merged, newest, parse, render
from vedette.cameras.lost import UNKNOWN_URL, address, lacking
from vedette.cameras.tables import CameraRow, StreamRow
from vedette.cameras.url_secrets import is_lost

SCHEDULE = {"timezone": "Europe/Vienna", "week": [[["08:00", "18:00"]]] * 5 + [[], []]}
MARKER = UUID(int=99)


def camera(slug: str = "gate", **changes: Any) -> CameraRow:
    url = "rtsp://192.168.1.20:554/live?user=admin&password=sealed~v1:abc:def:ghi&channel=1"
    values: dict[str, Any] = {
        "id": uuid4(),
        "slug": slug,
        "name": "Gate, north",
        "enabled": True,
        "recording_mode": "schedule",
        "recording_override": None,
        "schedule": SCHEDULE,
        "segment_minutes": 10,
        "keep_days": 30,
        "keep_bytes": None,
        "volume_id": 3,
        "simulated": False,
        "notes": "On the pole.\nThe web page takes password=hunter2 too.",
        "created_ms": T0,
        "updated_ms": T0 + 5,
        "deleted_ms": None,
        "streams": [
            StreamRow(kind="main", url=url, engine="auto", record=True, removed_ms=None),
            StreamRow(kind="sub", url="rtsp://192.168.1.20/sub", engine="libav", record=False, removed_ms=None),
        ],
    }
    return CameraRow(**(values | changes))


def copy_of(row: CameraRow, *, has_login: bool = True) -> CopiedCamera:
    return copied(row, has_login=has_login, markers={3: MARKER})


def test_it_comes_back_as_it_went_without_its_secrets() -> None:
    row = camera()
    data = render([copy_of(row)], T0)
    text = data.decode()
    for secret in ("sealed~", "hunter2", "abc:def"):
        assert secret not in text
    [found], problems = parse(data)
    assert problems == []
    assert (found.id, found.slug, found.name, found.volume, found.has_login) == (
        row.id,
        "gate",
        "Gate, north",
        MARKER,
        True,
    )
    assert found.schedule is not None
    assert found.schedule.model_dump(mode="json") == SCHEDULE
    assert (found.recording_mode, found.segment_minutes, found.keep_days, found.keep_bytes) == (
        "schedule",
        10,
        30,
        None,
    )
    assert found.streams[0].url == "rtsp://192.168.1.20:554/live?user=admin&password=***&channel=1"
    assert [(stream.kind, stream.engine, stream.record) for stream in found.streams] == [
        ("main", "auto", True),
        ("sub", "libav", False),
    ]
    assert found.notes == "On the pole.\nThe web page takes password=*** too."
    assert render([found], T0) == data


def test_a_person_can_read_it() -> None:
    found = json.loads(render([copy_of(camera())], T0))
    assert found["format"] == 1
    assert found["written_at"] == "2023-11-14T22:13:20.000Z"
    assert "vedette reindex" in found["about"]
    assert found["cameras"][0]["created_at"] == "2023-11-14T22:13:20.000Z"


def test_a_lost_secret_in_an_address_does_not_open_and_is_asked_for() -> None:
    url, login = address("rtsp://192.168.1.20/live?user=admin&password=***", "main")
    assert not login
    assert is_lost(url)
    assert "***" not in url
    row = camera(streams=[StreamRow(kind="main", url=url, engine="auto", record=True, removed_ms=None)])
    assert len(lacking(row, login_lost=False)) == 1
    assert "user and password" in lacking(row, login_lost=True)[1]


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("rtsp://192.168.1.20/live", ("rtsp://192.168.1.20/live", False)),
        ("rtsp://admin:hunter2@192.168.1.20/live", ("rtsp://192.168.1.20/live", True)),
        ("http://169.254.169.254/latest/meta-data", (UNKNOWN_URL, False)),
        ("file:///etc/passwd", (UNKNOWN_URL, False)),
        ("-i /etc/passwd", (UNKNOWN_URL, False)),
        ("", (UNKNOWN_URL, False)),
    ],
)
def test_an_address_from_a_copy_is_checked_as_one_from_a_person(given: str, stored: tuple[str, bool]) -> None:
    assert address(given, "main") == stored


def document(*cameras: Any, **more: Any) -> bytes:
    return json.dumps({"format": 1, "written_at": "x", "cameras": list(cameras)} | more).encode()


def fields(**changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render([copy_of(camera())], T0))["cameras"][0]
    return found | changes


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"slug": "../../etc"}, "slug"),
        ({"slug": "/etc"}, "slug"),
        ({"slug": ".."}, "slug"),
        ({"slug": "a" * 49}, "slug"),
        ({"slug": 7}, "slug"),
        ({"id": "gate"}, "id"),
        ({"name": ""}, "name"),
        ({"name": "a\0b"}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"enabled": "yes"}, "enabled"),
        ({"keep_days": 0}, "keep_days"),
        ({"keep_days": 10**30}, "keep_days"),
        ({"keep_bytes": -1}, "keep_bytes"),
        ({"segment_minutes": 61}, "segment_minutes"),
        ({"recording_mode": "drop table"}, "recording_mode"),
        ({"created_at": "1601-01-01T00:00:00Z"}, "created_at"),
        ({"created_at": 12}, "created_at"),
        ({"streams": []}, "streams"),
        ({"streams": None}, "streams"),
        ({"streams": fields()["streams"][1:]}, "streams"),
        ({"streams": [fields()["streams"][0]] * 2}, "streams"),
        ({"streams": [fields()["streams"][0] | {"url": "x" * 3000}]}, "streams.0.url"),
        ({"volume": "../.."}, "volume"),
    ],
)
def test_a_camera_with_nonsense_is_left_out_and_named_and_the_others_stay(changes: dict[str, Any], named: str) -> None:
    found, problems = parse(document(fields(**changes), fields(slug="door")))
    assert [camera.slug for camera in found] == ["door"]
    assert len(problems) == 1
    assert named in problems[0]


@pytest.mark.parametrize("schedule", [{"timezone": "Mars/Olympus", "week": [[]] * 7}, {"week": 1}, 7, [[]], "x"])
def test_a_plan_that_cannot_be_read_records_always(schedule: Any) -> None:
    [found], problems = parse(document(fields(schedule=schedule)))
    assert problems == []
    assert (found.recording_mode, found.schedule) == ("continuous", None)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"cameras": 1, "format": 1}',
        b'{"cameras": [], "format": 2}',
        b'{"cameras": [], "format": "1"}',
        b'{"cameras": []}',
        b"[" * 100_000,
        b'{"format": 1, "cameras": ' + b"[" * 100_000,
        render([copy_of(camera())], T0)[:-30],
    ],
)
def test_a_damaged_copy_is_told_in_a_sentence(data: bytes) -> None:
    found, problems = parse(data)
    assert found == []
    assert len(problems) == 1
    assert problems[0].endswith(".")


def test_too_many_cameras_are_cut() -> None:
    found, problems = parse(document(*[7] * (MAX_CAMERAS + 5)))
    assert (found, len(problems)) == ([], MAX_CAMERAS + 1)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.text(), lambda inner: st.lists(inner)
        | st.dictionaries(st.sampled_from([*CopiedCamera.model_fields, "x"]), inner), max_leaves=20)
)  # fmt: skip
def test_whatever_stands_in_it_nothing_is_raised(entry: Any) -> None:
    data = json.dumps({"format": 1, "cameras": [entry, fields() | {"notes": entry}]}).encode("utf-8", "surrogatepass")
    found, problems = parse(data)
    assert len(found) + len(problems) >= 1


def test_of_two_volumes_the_camera_that_was_changed_last_counts() -> None:
    row = camera()
    old, new = copy_of(row), copy_of(camera(id=row.id, name="Renamed", updated_ms=T0 + 9))
    assert [found.name for found in newest([new, old])] == [found.name for found in newest([old, new])] == ["Renamed"]


def test_what_the_database_never_heard_of_is_kept_while_its_footage_is_there() -> None:
    gate, door, yard = (copy_of(camera(slug)) for slug in ("gate", "door", "yard"))
    # The database was lost and begun anew: it knows no camera.
    assert [found.slug for found in merged([], [gate, door], (), {"gate"})] == ["gate"]
    # A camera that it knows is as it says, also when that is nothing.
    assert merged([], [gate], {gate.id}, {"gate"}) == []
    assert [found.slug for found in merged([yard], [gate], {yard.id}, {"gate", "yard"})] == ["gate", "yard"]
