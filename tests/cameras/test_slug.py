"""Slugs are directory names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.cameras.slug import MAX_SLUG, free_slug, slugify

SAFE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Gate", "gate"),
        ("Front door (main)", "front-door-main"),
        ("Große Einfahrt", "grosse-einfahrt"),
        ("Łódź — wejście №3", "lodz-wejscie-no3"),
        ("Kjøkkenhøyde Æ", "kjokkenhoyde-ae"),
        ("  ../../etc/passwd", "etc-passwd"),
        ("..", "camera"),
        ("門", "camera"),
        ("Камера 2", "2"),
        ("ＦＵＬＬ Ｗｉｄｔｈ", "full-width"),
        ("x" * 100, "x" * MAX_SLUG),
        ("a" * 47 + " b", "a" * 47),
    ],
)
def test_names(name: str, slug: str) -> None:
    assert slugify(name) == slug


@given(st.text())
def test_any_name_gives_a_safe_slug(name: str) -> None:
    slug = slugify(name)
    assert SAFE.fullmatch(slug)
    assert len(slug) <= MAX_SLUG


@given(st.text(), st.integers(min_value=0, max_value=120))
def test_taken_slugs_get_a_number(name: str, how_many: int) -> None:
    taken: set[str] = set()
    for _ in range(how_many):
        taken.add(free_slug(name, taken))
    assert len(taken) == how_many
    assert all(SAFE.fullmatch(slug) and len(slug) <= MAX_SLUG for slug in taken)
