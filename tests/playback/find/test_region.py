"""Which pixels a region has."""

import numpy as np
import pytest

from vedette.core.errors import VedetteError
from vedette.playback.find.looks import Eye
from vedette.playback.find.region import Polygon, cells_of, check_region

WHOLE: Polygon = [(0, 0), (1, 0), (1, 1), (0, 1)]
LEFT: Polygon = [(0, 0), (0.5, 0), (0.5, 1), (0, 1)]
TRIANGLE: Polygon = [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75)]


@pytest.mark.parametrize(
    ("region", "inside", "outside"),
    [
        ([LEFT], (90, 159), (90, 160)),
        ([TRIANGLE], (46, 81), (134, 239)),
        ([LEFT, [(0.8, 0.2), (0.9, 0.2), (0.9, 0.4), (0.8, 0.4)]], (50, 270), (50, 200)),
    ],
)
def test_what_lies_outside_is_in_no_cell_to_the_pixel(
    region: list[Polygon], inside: tuple[int, int], outside: tuple[int, int]
) -> None:
    eye = Eye(region, 320, 180)
    grey = np.full((180, 320), 100, np.uint8)
    before = eye.look(grey)
    changed = grey.copy()
    changed[outside] = 255
    assert (eye.look(changed).cells == before.cells).all()
    changed = grey.copy()
    changed[inside[0] - 4 : inside[0] + 5, inside[1] - 4 : inside[1] + 1] = 255
    assert (eye.look(changed).cells[eye.counted] > 100).any()
    assert before.cells[eye.counted] == pytest.approx(100)


def test_cells_are_fine_in_a_small_region_and_of_pixels_in_a_tiny_one() -> None:
    assert cells_of([WHOLE], 640, 360).counted.shape == (45, 80)
    assert cells_of([[(0.1, 0.1), (0.2, 0.1), (0.2, 0.2), (0.1, 0.2)]], 640, 360).counted.shape == (6, 8)
    tiny = cells_of([[(0.5, 0.5), (0.506, 0.5), (0.506, 0.506), (0.5, 0.506)]], 160, 90)
    assert tiny.counted.shape == (1, 1)
    assert tiny.counted.all()


def test_a_sliver_between_pixels_is_searched_as_its_box() -> None:
    sliver = [(0.5, 0.2), (0.5005, 0.2), (0.9, 0.9), (0.8995, 0.9)]
    assert Eye([sliver], 160, 90).counted.any()


@pytest.mark.parametrize(
    ("region", "field"),
    [
        ([[(0.5, 0.5), (0.5, 0.5), (0.5, 0.5)]], "region.0"),
        ([WHOLE, [(0.1, 0.1), (0.9, 0.1), (0.5, 0.1)]], "region.1"),
        ([[(0.1, 0.1), (0.9, 0.9), (0.1, 0.1)]], "region.0"),
        ([[(0.1, 0.1), (0.103, 0.1), (0.103, 0.9), (0.1, 0.9)]], "region.0"),
    ],
)
def test_a_region_that_encloses_nothing_is_refused_by_name(region: list[Polygon], field: str) -> None:
    with pytest.raises(VedetteError) as refused:
        check_region(region)
    assert (refused.value.code, refused.value.field) == ("find.region", field)


def test_good_regions_pass() -> None:
    check_region([WHOLE, LEFT, TRIANGLE])
