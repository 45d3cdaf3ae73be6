"""What is a change, and what is none: the detector on made-up looks, two seconds apart."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from vedette.playback.find.detector import Began, Detector, Ended, Rules, difference
from vedette.playback.find.hits import Hit, Hits
from vedette.playback.find.looks import Look

ROWS, COLUMNS = 12, 16
Paint = Callable[[NDArray[np.float32], int], None]


def told(
    paint: Paint,
    *,
    looks: int = 60,
    noise: float = 1.5,
    light: Callable[[int], float] = lambda _: 1.0,
    sensitivity: int = 50,
    step_ms: int = 2_000,
) -> list[tuple[str, int, int]]:
    """What the detector says of a grey region with things painted on it: began or ended, before, at, in looks."""
    shake = np.random.default_rng(3)
    counted = np.ones((ROWS, COLUMNS), np.bool_)
    detector: Detector[int] = Detector(Rules.of(sensitivity), counted)
    found = []
    for index in range(looks):
        cells = np.full((ROWS, COLUMNS), 100, np.float32)
        cells[:, 8:] = 140
        paint(cells, index)
        cells = cells * np.float32(light(index)) + shake.normal(0, noise, cells.shape).astype(np.float32)
        whole = np.linspace(60, 180, 240, dtype=np.float32) * np.float32(light(index))
        said: Any = detector.push(index, index * step_ms, Look(cells, whole))
        if said is not None:
            found.append(("began" if isinstance(said, Began) else "ended", said.before, said.at))
    return found


def nothing(_cells: NDArray[np.float32], _index: int) -> None:
    pass


def thing(start: int, end: int = 1000, level: float = 200) -> Paint:
    def paint(cells: NDArray[np.float32], index: int) -> None:
        if start <= index < end:
            cells[4:7, 4:7] = level

    return paint


def walking(start: int, end: int) -> Paint:
    def paint(cells: NDArray[np.float32], index: int) -> None:
        if start <= index < end:
            cells[3:8, (index - start) % 13 : (index - start) % 13 + 3] = 30

    return paint


def door(cells: NDArray[np.float32], index: int) -> None:
    """Slowly opens: two levels a look."""
    cells[:, 3:9] += min(60, max(0, index - 20) * 2)


def leaves(cells: NDArray[np.float32], index: int) -> None:
    cells[:, :] += np.random.default_rng(index).normal(0, 7, cells.shape)


def clock(cells: NDArray[np.float32], index: int) -> None:
    cells[0, :4] = np.random.default_rng(index).choice([30, 220], 4)


@pytest.mark.parametrize("sensitivity", [1, 50, 90])
@pytest.mark.parametrize("noise", [0.0, 1.5, 3.0])
def test_noise_is_no_change(noise: float, sensitivity: int) -> None:
    assert told(nothing, looks=600, noise=noise, sensitivity=sensitivity) == []


@pytest.mark.parametrize(
    "light",
    [
        lambda index: 1 - index / 400,  # dusk
        lambda index: 1 + 0.2 * np.sin(index / 3),  # clouds
        lambda index: 1.0 if index < 30 else 1.25,  # the camera's exposure
        lambda index: 1 + 0.02 * (-1) ** index,  # a flickering lamp
    ],
)
def test_what_the_light_does_to_all_of_the_picture_is_no_change(light: Callable[[int], float]) -> None:
    assert told(nothing, looks=120, light=light) == []


def test_a_lamp_that_is_switched_on_is_one() -> None:
    assert [kind for kind, *_ in told(nothing, light=lambda index: 1.0 if index < 30 else 1.6)] == ["began", "ended"]


@pytest.mark.parametrize("light", [lambda _: 1.0, lambda index: 1 - index / 400])
def test_something_that_is_put_down_is_one_change_and_its_removal_another(light: Callable[[int], float]) -> None:
    assert told(thing(20, 40), light=light) == [
        ("began", 19, 20),
        ("ended", 19, 20),
        ("began", 39, 40),
        ("ended", 39, 40),
    ]


def test_what_passes_in_one_key_frame_ends_with_the_next() -> None:
    assert told(thing(20, 21)) == [("began", 19, 20), ("ended", 20, 21)]


def test_who_walks_through_is_one_change_from_first_to_last() -> None:
    assert told(walking(20, 33)) == [("began", 19, 20), ("ended", 32, 33)]


def test_what_moves_too_slowly_for_two_key_frames_is_found_all_the_same() -> None:
    assert told(door)[0][0] == "began"


def test_small_things_take_a_sensitive_search() -> None:
    def speck(cells: NDArray[np.float32], index: int) -> None:
        if index >= 30:
            cells[5, 5:7] += 9

    assert told(speck, noise=0.3) == []
    assert [kind for kind, *_ in told(speck, noise=0.3, sensitivity=100)] == ["began", "ended"]
    faint = thing(30, level=122)
    assert told(faint, sensitivity=1) == []
    assert told(faint, sensitivity=50)[0] == ("began", 29, 30)


@pytest.mark.parametrize("restless", [leaves, clock])
def test_what_never_stands_still_is_learned(restless: Paint) -> None:
    """It may be told once at the beginning; after some minutes only what is more is."""
    late_thing = thing(300, 310, 250)

    def both(cells: NDArray[np.float32], index: int) -> None:
        restless(cells, index)
        late_thing(cells, index)

    found = told(both, looks=500)
    late = [one for one in found if one[1] > 150]
    assert [(kind, at) for kind, _, at in late if kind == "began"] == [("began", 300), ("began", 310)]


def test_of_a_masked_region_only_its_cells_count() -> None:
    counted = np.zeros((ROWS, COLUMNS), np.bool_)
    counted[:, 8:] = True
    detector: Detector[int] = Detector(Rules.of(50), counted)
    for index in range(20):
        cells = np.full((ROWS, COLUMNS), 100, np.float32)
        if index == 10:
            cells[:, :8] = 250
        assert detector.push(index, index * 2000, Look(cells, np.full(240, 100, np.float32))) is None
    assert not detector.changing


def test_rules_get_finer_with_sensitivity() -> None:
    rules = [Rules.of(sensitivity) for sensitivity in (1, 25, 50, 75, 100)]
    assert rules == sorted(rules, key=lambda one: (-one.levels, -one.share))
    assert [rules[0].levels, rules[-1].levels] == pytest.approx([30, 5])


def test_a_black_picture_has_no_light_to_take_out() -> None:
    black = Look(np.full((2, 2), 3, np.float32), np.full(240, 3, np.float32))
    lit = Look(np.full((2, 2), 90, np.float32), np.full(240, 90, np.float32))
    assert difference(lit, black) == pytest.approx(87)


def hit(start_ms: int, *, unseen: bool = False) -> Hit:
    return Hit(0, start_ms, None, 0.1, unseen, "sub", "s", (0, 1), b"jpeg")


def test_changes_that_follow_each_other_soon_are_one_hit() -> None:
    hits = Hits()
    first = hits.begin(hit(1_000))
    assert (first.number, first.end_ms, first.picture) == (1, None, b"jpeg")
    ended = hits.end(3_000)
    assert ended is not None
    assert (ended.number, ended.end_ms, ended.picture) == (1, 3_000, None)
    assert hits.end(4_000) is None
    again = hits.begin(hit(7_000))
    assert (again.number, again.start_ms, again.end_ms, again.picture) == (1, 1_000, None, None)
    hits.end(8_000)
    assert hits.begin(hit(13_000)).number == 2
    hits.end(12_000)
    assert hits.begin(hit(13_500, unseen=True)).number == 3


def test_the_detector_ends_where_it_began_when_the_picture_comes_back() -> None:
    detector: Detector[str] = Detector(Rules.of(50), np.ones((ROWS, COLUMNS), np.bool_))
    still = Look(np.full((ROWS, COLUMNS), 100, np.float32), np.full(240, 100, np.float32))
    other = Look(np.full((ROWS, COLUMNS), 180, np.float32), np.full(240, 100, np.float32))
    assert detector.push("a", 0, still) is None
    began = detector.push("b", 2000, other)
    assert isinstance(began, Began)
    assert (began.before, began.at, began.share) == ("a", "b", 1.0)
    ended = detector.push("c", 4000, still)
    assert isinstance(ended, Ended)
    assert (ended.before, ended.at) == ("b", "c")
