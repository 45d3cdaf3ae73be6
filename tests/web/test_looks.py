"""Colours that are to be true: the strips of coverage at every width, and the theme."""

import io
import json
from typing import Any

import av
import numpy as np
import pytest
from playwright.sync_api import Locator, Page, Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

MINUTE = 60_000
THEMES = {"dark": (229, 72, 77), "light": (229, 72, 77)}  # --v-recording
CAUSE = "no_disk"


def two_short_gaps(route: Route) -> None:
    """The server's answer for a day whose last 16 minutes are footage but for two gaps of 7 s."""
    answer = route.fetch()
    told: dict[str, Any] = answer.json()
    for camera in told["cameras"]:
        end = max([0, *(at for _, at in camera["spans"]), *(gap["end_ms"] for gap in camera["gaps"])])
        start = end - 16 * MINUTE
        gaps = [(start + 4 * MINUTE, start + 4 * MINUTE + 7000), (start + 11 * MINUTE, start + 11 * MINUTE + 7000)]
        camera["spans"] = [(start, gaps[0][0]), (gaps[0][1], gaps[1][0]), (gaps[1][1], end)]
        camera["gaps"] = [{"start_ms": a, "end_ms": b, "cause": CAUSE, "detail": ""} for a, b in gaps]
        camera["percent"] = 98.5
    route.fulfill(response=answer, body=json.dumps(told))


def picture(part: Locator) -> np.ndarray[Any, np.dtype[np.int16]]:
    with av.open(io.BytesIO(part.screenshot()), "r") as container:
        frame = next(container.decode(video=0))
        return frame.to_ndarray(format="rgb24").astype(np.int16)


def alike(pixels: np.ndarray[Any, np.dtype[np.int16]], colour: tuple[int, int, int]) -> int:
    """How many pixels are clearly of this colour."""
    return int((np.abs(pixels - np.array(colour)).sum(axis=2) < 90).sum())


@pytest.mark.parametrize("width", [360, 768, 1440, 3840])
@pytest.mark.parametrize("theme", THEMES)
def test_short_gaps_are_seen_and_take_nothing_from_the_footage(page: Page, width: int, theme: str) -> None:
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    page.route("**/api/v1/coverage*", two_short_gaps)
    page.goto("/cameras/gate")
    strip = page.get_by_role("img", name="2 gaps").first
    expect(strip).to_be_visible()
    strip.scroll_into_view_if_needed()
    bar, marks = strip.locator("svg").nth(0), strip.locator("svg").nth(1)
    # 14 s of a day are no pixel of any screen.
    assert alike(picture(bar), THEMES[theme]) == 0
    assert alike(picture(marks), THEMES[theme]) >= 4


@pytest.mark.parametrize("theme", THEMES)
def test_the_theme_is_the_systems_until_somebody_chooses(page: Page, theme: str) -> None:
    html = page.locator("html")
    other = "light" if theme == "dark" else "dark"
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page.goto("/profile")
    expect(html).to_have_attribute("data-mantine-color-scheme", theme)
    expect(page.get_by_role("radio", name="Like the system")).to_be_checked()
    page.emulate_media(color_scheme=other)  # type: ignore[arg-type]
    expect(html).to_have_attribute("data-mantine-color-scheme", other)
    page.get_by_text(theme.capitalize(), exact=True).click()
    expect(html).to_have_attribute("data-mantine-color-scheme", theme)
    page.reload()
    expect(html).to_have_attribute("data-mantine-color-scheme", theme)
    expect(page.get_by_role("radio", name=theme.capitalize())).to_be_checked()
