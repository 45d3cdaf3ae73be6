"""Playback in Chromium of what the product really recorded: the picture shown is the one that the clock names, across
the border of two files, through a gap and from within one, at any speed, and in the file that is downloaded."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from playwright.sync_api import TimeoutError as NeverHappened

from tests.support.burned import breaks, numbers_in
from tests.support.product import Product, until
from tests.support.site import PASSWORD, USER, Cameras
from tests.support.watching import (
    FRAMES,
    Shown,
    assert_in_step,
    forget,
    shown,
    taken_ms,
    wait_number,
    wait_shown,
    watch,
    watch_canvas,
)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

GATE = 1
# Between the camera's clock (its sender reports) and the instant that footage is filed under.
CLOCK_MS = 700
FRAME_MS = 40


@dataclass(frozen=True, slots=True)
class Footage:
    """Instants of Gate's footage in Unix milliseconds: where one file follows another, and a gap."""

    border: int
    gap_start: int
    gap_end: int


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def iso(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@pytest.fixture(scope="module")
def footage(site: Product) -> Footage:
    """Stops Gate for some seconds, and waits until one of its files has followed another."""
    gate = next(camera["id"] for camera in site.cameras() if camera["name"] == "Gate")

    def spans() -> list[tuple[int, int]]:
        answer = site.get("/coverage", camera_id=gate, stream="main", start=iso(now_ms() - 600_000), end=iso(now_ms()))
        return [(start, end) for start, end, *_ in answer["cameras"][0]["spans"]]

    def border() -> int | None:
        """Where the footage of one minute met that of the next, some seconds from either end."""
        for start, end in spans():
            minute = -(-(start + 6000) // 60_000) * 60_000
            if minute < end - 6000:
                return minute
        return None

    until("six seconds are recorded", lambda: spans() and spans()[-1][1] - spans()[-1][0] > 6000)
    if not border() and now_ms() % 60_000 > 45_000:
        until("a file follows another", border, 120)
    stopped = now_ms()
    site.post(f"/cameras/{gate}/recording/stop")
    time.sleep(4)
    site.post(f"/cameras/{gate}/recording/auto")
    until("eight seconds after the gap", lambda: spans()[-1][0] > stopped and spans()[-1][1] - spans()[-1][0] > 8000)
    found = until("a file follows another", border, 120)
    before, after = spans()[-2:]
    return Footage(found, before[1], after[0])


def open_at(page: Page, ms: int) -> Locator:
    page.goto(f"/playback?camera=gate&at={iso(ms)}")
    video = page.get_by_label("Footage of Gate")
    watch(video)
    return video


def press(page: Page, keys: str) -> None:
    page.keyboard.press(keys)


def player(page: Page) -> Locator:
    return page.get_by_role("toolbar", name="Player")


def clock_ms(page: Page) -> float:
    """The instant that the page names, Unix milliseconds."""
    value: float = player(page).locator("time").evaluate("(time) => Date.parse(time.dateTime)")
    return value


def pause(page: Page) -> None:
    """Comes back when the picture stands that belongs to the video's time."""
    press(page, "k")
    expect(player(page).get_by_role("button", name="Play", exact=True)).to_be_visible()
    standing(page)


def standing(page: Page) -> None:
    """Waits until the paused picture is that of the video's time."""
    try:
        page.wait_for_function(
            """() => {
              const video = document.querySelector('video'), last = window.frames_seen.at(-1)
              const within = last && video.currentTime - last.time > -0.001 && video.currentTime - last.time < 0.041
              return video.paused && !video.seeking && within && Date.now() - last.at > 200
            }"""
        )
    except NeverHappened:
        state = page.evaluate(
            """() => {
              const { paused, seeking, currentTime } = document.querySelector('video')
              return { paused, seeking, currentTime }
            }"""
        )
        said = page.get_by_role("status").all_inner_texts()
        raise AssertionError(f"the picture does not stand: {state}, {shown(page)[-3:]}, {said}, {page.url}") from None


def last_taken(page: Page, near_ms: float) -> int:
    return taken_ms(shown(page)[-1].number, near_ms, GATE)


def assert_clock_true(page: Page) -> None:
    """The paused picture is the one that the clock names."""
    named = clock_ms(page)
    assert abs(last_taken(page, named) - named) < CLOCK_MS


def played_past(page: Page, ms: int) -> None:
    page.wait_for_function(
        "(ms) => Date.parse(document.querySelector('[role=toolbar] time').dateTime) > ms", arg=ms, timeout=30_000
    )


def test_across_the_border_of_two_files_no_picture_is_missing(page: Page, footage: Footage) -> None:
    open_at(page, footage.border - 3000)
    played_past(page, footage.border + 2000)
    seen = shown(page)
    assert_in_step(seen)
    assert len(seen) > 40
    first, last = (taken_ms(one.number, footage.border, GATE) for one in (seen[0], seen[-1]))
    assert abs(first - (footage.border - 3000)) < CLOCK_MS
    assert last > footage.border + 1000
    pause(page)
    assert_clock_true(page)


def test_through_a_gap(page: Page, footage: Footage) -> None:
    open_at(page, footage.gap_start - 3000)
    expect(page.get_by_role("status").filter(has_text="Went over")).to_be_visible(timeout=30_000)
    played_past(page, footage.gap_end + 2000)
    pause(page)
    assert_clock_true(page)
    near = (footage.gap_end, footage.gap_start)
    taken = [taken_ms(one.number, near[clock < 0], GATE) for one, clock in sides(page)]
    assert max(taken[:5]) < footage.gap_start + CLOCK_MS
    assert taken[-1] > footage.gap_end
    for side in (-1, 1):
        assert_in_step([one for one, at in sides(page) if at == side])


def sides(page: Page) -> list[tuple[Shown, int]]:
    """What was shown before (-1) and after (1) the gap: after a gap the media time line or the number jumps."""
    seen = shown(page)
    steps = [
        index
        for index in range(1, len(seen))
        if (seen[index - 1].number + round((seen[index].media_s - seen[index - 1].media_s) * 25)) % FRAMES
        != seen[index].number
    ]
    assert len(steps) == 1, steps
    return [(one, -1 if index < steps[0] else 1) for index, one in enumerate(seen)]


def test_opened_within_a_gap_it_says_why_and_goes_on_after_it(page: Page, footage: Footage) -> None:
    open_at(page, (footage.gap_start + footage.gap_end) // 2)
    notice = page.get_by_role("status").filter(has_text="Nothing recorded: stopped")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text("It goes on there by itself")
    seen = wait_shown(page, 20)
    assert_in_step(seen)
    assert abs(taken_ms(seen[0].number, footage.gap_end, GATE) - footage.gap_end) < CLOCK_MS
    pause(page)
    assert_clock_true(page)


def test_keys_move_by_frames_and_seconds(page: Page, footage: Footage) -> None:
    open_at(page, footage.border - 4000)
    wait_shown(page, 5)
    pause(page)
    for key, step in ((".", 1), (".", 1), (",", -1), (",", -1)):
        number = (shown(page)[-1].number + step) % FRAMES
        forget(page)
        press(page, key)
        wait_number(page, number)
    for key, ms in (("Shift+ArrowRight", 1000), ("ArrowRight", 5000), ("ArrowLeft", -5000), ("Shift+ArrowLeft", -1000)):
        before = clock_ms(page)
        forget(page)
        press(page, key)
        standing(page)
        assert abs(clock_ms(page) - before - ms) <= FRAME_MS / 2
        assert_clock_true(page)


def test_faster_and_slower(page: Page, footage: Footage) -> None:
    video = open_at(page, footage.border - 5000)
    wait_shown(page, 3)
    player(page).get_by_role("button", name="Speed 1×").click()
    page.get_by_role("menuitem", name="4×", exact=True).click()
    expect(video).to_have_js_property("playbackRate", 4)
    played_past(page, footage.border + 2000)
    assert_in_step(shown(page))
    press(page, "k")
    watch_canvas(page, "trick")
    press(page, "j")
    page.wait_for_function("() => window.frames_seen.length > 4")
    back = [one.media_s for one in shown(page)]
    assert back == sorted(back, reverse=True)


def zoomed_in(page: Page, footage: Footage) -> Locator:
    """The timeline, paused at the border and zoomed in to where a frame is some pixels wide."""
    open_at(page, footage.border)
    wait_shown(page, 3)
    pause(page)
    for _ in range(14):
        press(page, "ArrowUp")
    page.wait_for_timeout(500)  # zooming glides
    return page.get_by_role("slider", name="Timeline")


def test_a_click_on_the_timeline_shows_that_instant(page: Page, footage: Footage) -> None:
    timeline = zoomed_in(page, footage)
    scales = []
    for offset in (-100, 60, -80, 100):
        box, head = timeline.bounding_box(), timeline.locator("[data-part=playhead]").bounding_box()
        assert box
        assert head
        before = clock_ms(page)
        forget(page)
        page.mouse.click(head["x"] + offset, box["y"] + 12)
        standing(page)
        assert_clock_true(page)
        scales.append((clock_ms(page) - before) / offset)
    # Each pixel stands for the same time, to a frame and a pixel at each click.
    assert min(scales) > 0
    assert max(scales) - min(scales) < 2 * (FRAME_MS + max(scales)) / 60


def test_a_click_near_the_end_leaves_the_view_where_it_is(page: Page, footage: Footage) -> None:
    timeline = zoomed_in(page, footage)
    box = timeline.bounding_box()
    assert box
    x = box["x"] + box["width"] * 0.97
    forget(page)
    page.mouse.click(x, box["y"] + 12)
    standing(page)
    head = timeline.locator("[data-part=playhead]").bounding_box()
    assert head
    # On the frame that is shown there: one frame is some pixels wide.
    assert abs(head["x"] - x) < 40
    assert_clock_true(page)


def test_a_picture_under_the_pointer_comes_from_a_sheet(page: Page, footage: Footage) -> None:
    """One request for many places: scrubbing is drawing, not asking."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    timeline = zoomed_in(page, footage)
    box, head = timeline.bounding_box(), timeline.locator("[data-part=playhead]").bounding_box()
    assert box
    assert head
    row = box["y"] + 40  # below the ruler
    canvas = page.locator("[data-part=preview] canvas[data-at]")
    page.mouse.move(head["x"] - 40, row)  # in the file that ends at the border
    expect(canvas).to_be_visible()
    first = asked.index(next(url for url in asked if "/previews/" in url))
    instants = set()
    for offset in range(40, 100):
        page.mouse.move(head["x"] - offset, row)
        instants.add(canvas.get_attribute("data-at"))
    assert len(instants) > 20
    light = canvas.evaluate(
        """(canvas) => {
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
          return data.reduce((sum, value, index) => (index % 4 === 3 ? sum : sum + value), 0) / (data.length * 0.75)
        }"""
    )
    assert light > 20, "the picture is not black"
    assert len([url for url in asked[first:] if "/previews/" in url or "snapshot.jpg" in url]) <= 3
    page.mouse.move(head["x"] + 400, row)


def test_the_last_picture_stays_until_the_next_one_is_there(page: Page, footage: Footage) -> None:
    open_at(page, footage.border)
    wait_shown(page, 3)
    pause(page)
    kept = page.locator("[data-part=last-frame]")
    expect(kept).to_be_hidden()
    held: list[Route] = []
    page.route("**/index.m3u8?*", lambda route: held.append(route))
    # Another instant, hours away: its playlist is another one, and does not come yet.
    page.evaluate(
        """(at) => {
          history.pushState({}, '', `/playback?camera=gate&at=${at}`)
          dispatchEvent(new PopStateEvent('popstate'))
        }""",
        iso(footage.border - 5 * 3_600_000),
    )
    expect(kept).to_be_visible()
    bright: bool = kept.evaluate(
        """(canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
          .data.some((byte, index) => index % 4 < 3 && byte > 60)"""
    )
    assert bright
    for route in held:
        route.continue_()
    page.unroute("**/index.m3u8?*")
    # Nothing was recorded there: then nothing is shown either.
    expect(page.get_by_role("status").filter(has_text="Nothing recorded")).to_be_visible()
    expect(kept).to_be_hidden()


def test_a_camera_that_has_just_begun_opens_within_its_footage(page: Page, site: Product, cameras: Cameras) -> None:
    url = cameras.url("cam-3/small")
    new = site.post("/cameras", {"name": "Newest", "url": url, "username": USER, "password": PASSWORD})
    try:
        site.wait_recording(3)
        page.goto("/playback?camera=newest")
        watch(page.get_by_label("Footage of Newest"))
        assert_in_step(wait_shown(page, 10))
        assert now_ms() - clock_ms(page) < 60_000
    finally:
        site.client.delete(f"/api/v1/cameras/{new['id']}", params={"footage": "delete"})


def test_a_day_from_the_calendar(page: Page, footage: Footage) -> None:
    open_at(page, footage.border)
    wait_shown(page, 3)
    day = page.get_by_role("group", name="Day")
    day.get_by_role("button").nth(1).click()
    calendar = page.get_by_role("dialog", name="Choose a day")
    with_footage = calendar.get_by_role("button", name="% recorded")
    expect(with_footage).not_to_have_count(0)
    expect(with_footage.last).to_have_attribute("aria-current", "date")
    days = with_footage.count()  # two where midnight came meanwhile
    page.keyboard.press("Escape")
    expect(calendar).to_be_hidden()
    for _ in range(days):
        day.get_by_role("button", name="Day before").click()
    expect(page.get_by_role("status").filter(has_text="Nothing recorded")).to_be_visible()
    day.get_by_role("button", name="Day after").click()
    # The day begins at its first footage, however late that is.
    forget(page)
    wait_shown(page, 5)


def test_the_file_at_the_playhead_is_downloaded(page: Page, footage: Footage, tmp_path: Path) -> None:
    open_at(page, footage.border - 2000)
    wait_shown(page, 3)
    pause(page)
    with page.expect_download() as coming:
        player(page).get_by_role("button", name="More").click()
        page.get_by_role("menuitem", name="Download this recording").click()
    assert coming.value.suggested_filename.endswith(".mp4")
    saved = tmp_path / coming.value.suggested_filename
    coming.value.save_as(saved)
    numbers = numbers_in(saved)
    assert breaks(numbers, FRAMES) == []
    assert shown(page)[-1].number in numbers
