"""The player of recordings in Chromium, beyond plain playing: marks and loops, very fast and backwards, scrubbing,
links, where one left, and a thin line. What is shown is told from the numbers burned into the pictures."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.support.product import Product, until
from tests.support.watching import FRAMES, forget, shown, taken_ms, wait_shown, watch, watch_canvas
from tests.web.test_playback import GATE, clock_ms, iso, now_ms, pause, player, press, standing

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

LENGTH_MS = 40_000


@pytest.fixture(scope="module")
def begin(site: Product) -> int:
    """Where forty seconds of Gate's and of Yard's footage begin; the file they are in may still be written."""
    ids = [camera["id"] for camera in site.cameras() if camera["name"] in ("Gate", "Yard")]

    def whole() -> int | None:
        start = now_ms() - LENGTH_MS - 4000
        answer = site.get("/coverage", camera_id=ids, stream="main", start=iso(start), end=iso(now_ms()))
        begun = [span[0] for row in answer["cameras"] for span in row["spans"][-1:]]
        return start if len(begun) == len(ids) and max(begun) <= start else None

    return until("forty seconds in a row", whole, 120)


def open_paused(page: Page, ms: int) -> None:
    page.goto(f"/playback?camera=gate&at={iso(ms)}")
    watch(page.get_by_label("Footage of Gate"))
    wait_shown(page, 2)
    pause(page)


def test_marks_are_set_kept_in_the_address_looped_and_cleared(page: Page, begin: int) -> None:
    open_paused(page, begin + 8000)
    first = shown(page)[-1].number
    press(page, "i")
    for _ in range(3):
        press(page, "Shift+ArrowRight")
        standing(page)
    last = shown(page)[-1].number
    frames = (last - first) % FRAMES
    assert 74 <= frames <= 76
    press(page, "o")
    bar = page.get_by_role("toolbar", name="Marked span")
    expect(bar).to_contain_text("3.0 s")
    inside = {(first + step) % FRAMES for step in range(frames + 1)}
    # A frame that is late in the browser is not in the span, but the one after it.
    near = inside | {(last + step) % FRAMES for step in (1, 2)}
    press(page, "r")
    forget(page)
    expect(bar.get_by_role("button", name="Loop")).to_have_attribute("aria-pressed", "true")
    until("it came round twice", lambda: turns([one.number for one in shown(page)]) >= 2, 30)
    seen = [one.number for one in shown(page)]
    # Who hears nothing of the pictures for 120 ms can't turn in time.
    assert [
        b for a, b in pairwise([first, *seen]) if b not in near and (a not in inside or (b - a) % FRAMES <= 3)
    ] == []
    # A colleague's browser opens the same span.
    page.goto(page.url)
    watch(page.get_by_label("Footage of Gate"))
    expect(bar).to_contain_text("3.0 s")
    until("it comes round there, too", lambda: turns([one.number for one in shown(page)]) >= 1, 30)
    pause(page)
    press(page, "Shift+I")
    standing(page)
    assert shown(page)[-1].number == first
    press(page, "Shift+O")
    standing(page)
    assert shown(page)[-1].number == last
    press(page, "x")
    expect(bar).to_be_hidden()
    assert "in=" not in page.url
    assert "loop" not in page.url


def turns(numbers: list[int]) -> int:
    """How often a picture came before the one before it."""
    return sum((later - one) % FRAMES > FRAMES // 2 for one, later in pairwise(numbers))


def test_a_mark_is_dragged_on_the_timeline(page: Page, begin: int) -> None:
    open_paused(page, begin + 8000)
    press(page, "i")
    for _ in range(8):
        press(page, "ArrowUp")
    flag = page.locator("[data-mark=in]")
    expect(flag).to_be_visible()
    before = re.search(r"in=([^&]*)", page.url)
    box = flag.bounding_box()
    assert before
    assert box
    here = clock_ms(page)
    page.mouse.move(box["x"] + 4, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] - 60, box["y"] + 40, steps=6)
    page.mouse.up()
    moved = flag.bounding_box()
    assert moved
    assert abs(moved["x"] - (box["x"] - 64)) < 2
    after = re.search(r"in=([^&]*)", page.url)
    assert after
    assert after[1] < before[1]
    assert clock_ms(page) == here, "the playhead stays"


@pytest.mark.parametrize("speed", ["−1×", "−1/2×"])
def test_backwards_every_frame_is_shown(page: Page, begin: int, speed: str) -> None:
    open_paused(page, begin + 20_000)
    watch_canvas(page, "trick")
    player(page).get_by_role("button", name="Speed").click()
    page.get_by_role("menuitem", name=speed, exact=True).click()
    seen = wait_shown(page, 40)
    steps = [(one.number - later.number) % FRAMES for one, later in pairwise(seen)]
    # A busy machine may draw only every other one; none comes twice or out of order.
    assert all(1 <= step <= 12 for step in steps), steps
    for one, later in pairwise(seen):
        assert (one.number - later.number) % FRAMES == round((one.media_s - later.media_s) * 25)
    watch(page.get_by_label("Footage of Gate"))
    pause(page)
    expect(page.locator("canvas[data-part=trick]")).to_be_hidden()
    named = clock_ms(page)
    assert abs(taken_ms(shown(page)[-1].number, named, GATE) - named) < 700


@pytest.mark.parametrize(("speed", "least"), [("32×", 2), ("−32×", 2), ("−8×", 4)])
def test_very_fast_by_key_frames(page: Page, begin: int, speed: str, least: int) -> None:
    open_paused(page, begin + (38_000 if speed.startswith("−") else 2000))
    watch_canvas(page, "trick")
    player(page).get_by_role("button", name="Speed").click()
    page.get_by_role("menuitem", name=speed, exact=True).click()
    expect(page.locator("[data-part=keys]")).to_be_visible()
    seen = wait_shown(page, least)
    sign = -1 if speed.startswith("−") else 1
    for one, later in pairwise(seen[:least]):
        assert (later.media_s - one.media_s) * sign > 0
        # What the element has loaded begins with its first sound, up to an AAC frame (32 ms) beside the picture.
        off = later.number - one.number - (later.media_s - one.media_s) * 25
        assert abs((off + FRAMES / 2) % FRAMES - FRAMES / 2) <= 1


def grab(page: Page, begin: int, before_px: int) -> tuple[float, float]:
    """Presses the mouse so far before the playhead of a paused page; gives where the playhead is."""
    open_paused(page, begin + 32_000)
    for _ in range(5):
        press(page, "ArrowUp")
    page.wait_for_timeout(500)
    timeline = page.get_by_role("slider", name="Timeline")
    box, head = timeline.bounding_box(), timeline.locator("[data-part=playhead]").bounding_box()
    assert box
    assert head
    x, y = head["x"], box["y"] + 12
    page.mouse.move(x - before_px, y)
    page.mouse.down()
    return x, y


def test_scrubbing_shows_many_pictures_a_second_and_then_the_frame(page: Page, begin: int) -> None:
    x, y = grab(page, begin, 30)
    with page.expect_response(re.compile(r"/previews/\d+-\d+\.jpg")):
        page.mouse.move(x - 20, y)
    for offset in (120, 200):  # a hand that has been there: its sheets are here
        page.mouse.move(x - offset, y)
        page.wait_for_timeout(2000)
    seen = page.evaluate(
        """([x, y]) => {
          const canvas = document.querySelector('canvas[data-part=scrub]')
          const plot = document.querySelector('[role=slider][aria-label=Timeline]')
          const places = new Set(), pictures = new Set()
          for (let step = 1; step <= 60; step += 1) {
            const clientX = x - 20 - step * 3
            const how = { pointerId: 1, pointerType: 'mouse', bubbles: true, clientX, clientY: y }
            plot.dispatchEvent(new PointerEvent('pointermove', how))
            if (canvas.hidden) continue
            places.add(canvas.dataset.at)
            pictures.add(canvas.toDataURL())
          }
          return [places.size, pictures.size]
        }""",
        [x, y],
    )
    assert seen[0] == 60, "every move has its picture, at once"
    assert seen[1] >= 5
    forget(page)
    page.mouse.up()
    standing(page)
    expect(page.locator("canvas[data-part=scrub]")).to_be_hidden()
    named = clock_ms(page)
    assert abs(taken_ms(shown(page)[-1].number, named, GATE) - named) < 700


def test_scrubbing_where_there_are_no_sheets_yet_shows_single_pictures(page: Page, begin: int) -> None:
    page.route(re.compile(r"/previews/\d+-\d+\.jpg"), lambda route: None)  # they are on their way
    x, y = grab(page, begin, 10)
    pictures = page.evaluate(
        """async ([x, y]) => {
          const canvas = document.querySelector('canvas[data-part=scrub]')
          const plot = document.querySelector('[role=slider][aria-label=Timeline]')
          const pictures = new Set()
          for (let step = 1; step <= 60; step += 1) {
            const clientX = x - 10 - step * 3
            const how = { pointerId: 1, pointerType: 'mouse', bubbles: true, clientX, clientY: y }
            plot.dispatchEvent(new PointerEvent('pointermove', how))
            await new Promise((resolve) => setTimeout(resolve, 50))
            if (!canvas.hidden) pictures.add(canvas.toDataURL())
          }
          return pictures.size
        }""",
        [x, y],
    )
    assert pictures >= 5
    forget(page)
    page.mouse.up()
    standing(page)
    expect(page.locator("canvas[data-part=scrub]")).to_be_hidden()


def test_a_link_opens_at_the_same_frame(page: Page, begin: int) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_paused(page, begin + 12_345)
    for _ in range(3):
        press(page, ".")
    standing(page)
    number = shown(page)[-1].number
    player(page).get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Copy link to this picture").click()
    expect(page.get_by_text("in the clipboard")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    page.goto(link)
    watch(page.get_by_label("Footage of Gate"))
    # It stands. The very first picture goes by the playlist's rounded times; the file's own put that right at once.
    page.wait_for_function("() => document.querySelector('video').readyState >= 2")
    # A picture that was there before we looked is told of again.
    page.evaluate("() => { const video = document.querySelector('video'); video.currentTime = video.currentTime }")
    until("the picture of the link", lambda: [one.number for one in shown(page)][-1:] == [number], 30)
    standing(page)
    expect(player(page).get_by_role("button", name=re.compile("^Play"))).to_be_visible()
    assert shown(page)[-1].number == number
    player(page).get_by_role("button", name="Play", exact=True).click()
    until("it plays on", lambda: len(shown(page)) > 5, 30)


def test_where_one_left_is_offered(page: Page, begin: int, site: Product) -> None:
    long_ago = begin - 3_600_000
    page.goto("/playback?camera=gate")
    expect(page.get_by_label("Footage of Gate")).to_be_visible()
    expect(page.locator("[data-part=resume]")).to_have_count(0)
    gate = next(camera["id"] for camera in site.cameras() if camera["name"] == "Gate")
    page.evaluate("([id, at]) => localStorage.setItem('vedette.left', JSON.stringify({ [id]: at }))", [gate, long_ago])
    page.goto("/playback?camera=gate")
    offer = page.locator("[data-part=resume]")
    expect(offer).to_contain_text("You were at")
    offer.get_by_role("button", name="Go on there").click()
    expect(offer).to_have_count(0)
    page.wait_for_url(f"**at={iso(long_ago).replace(':', '%3A')}*")


def test_a_thin_line_gets_the_sub_stream_and_says_so(page: Page, begin: int) -> None:
    page.goto(f"/playback?camera=yard&at={iso(begin + 5000)}")
    video = page.get_by_label("Footage of Yard")
    watch(video)
    wait_shown(page, 5)
    stream = page.locator("[data-part=stream]")
    expect(stream).to_have_text("Auto: main")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    line = {"offline": False, "latency": 40, "downloadThroughput": 60_000, "uploadThroughput": 60_000}
    session.send("Network.emulateNetworkConditions", line)
    page.reload()
    expect(stream).to_have_text("Auto: sub", timeout=60_000)
    assert any("index.m3u8" in url and "stream=sub" in url for url in asked)
    page.wait_for_function(
        "() => document.querySelector('video').currentTime > 0 && !document.querySelector('video').seeking"
    )
    stream.click()
    page.get_by_role("menuitem", name="Main stream").click()
    expect(stream).to_have_text("Main")
    session.send(
        "Network.emulateNetworkConditions", {**line, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    )
    page.reload()
    expect(stream).to_have_text("Main")
