"""An afternoon of an investigator in Chromium: from the calendar to the day and the second, over the border of two
files and a gap, with four cameras, with a search for the one thing that happened in an hour, and with a link for a
colleague; and somebody who may not play back, who gets none of it.

The numbers in the pictures tell what was shown (`tests.support.investigated`).
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, Response, expect

from tests.support import together
from tests.support.investigated import (
    BESIDE,
    DAY,
    ELSEWHERE,
    FILE_MS,
    FRAME_MS,
    FRAMES,
    GAP_MS,
    HOUR,
    MINUTE,
    PARKING,
    PLANTED,
    REGION,
    SECOND,
    WATCHERS,
    Box,
    hour_of,
    make_investigated,
)
from tests.support.product import PASSWORD, Product
from tests.support.site import product_with_clips, tab
from tests.support.together import clock_ms, played_to
from tests.support.watching import assert_in_step, forget, shown, wait_number, wait_shown, watch

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

# Not the newest day that there is, which is where the page begins by itself, also when that is more than a day ago.
THE_DAY = time.time_ns() // 1_000_000 // DAY * DAY - 3 * DAY
BEGIN = hour_of(THE_DAY)
BORDER = BEGIN + 3 * FILE_MS
HAPPENED = BEGIN + PLANTED.start_ms


@dataclass(frozen=True, slots=True)
class Colleagues:
    """One who may play back all cameras, and one who may only watch them live."""

    may: str = "colleague"
    may_not: str = "doorkeeper"


@pytest.fixture(scope="module")
def hour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    data = tmp_path_factory.mktemp("investigated") / "data"
    product = product_with_clips(data)
    make_investigated(data, THE_DAY)
    with product:
        product.client.post("/api/v1/system/setup/finish")
        yield product


@pytest.fixture(scope="module")
def colleagues(hour: Product) -> Colleagues:
    both = Colleagues()
    for name, permission in ((both.may, "playback.view"), (both.may_not, "live.view")):
        user = hour.post("/users", {"username": name, "password": PASSWORD})["id"]
        role = {"name": name, "description": "", "permissions": ["camera.view", permission]}
        hour.post("/grants", {"user_id": user, "role_id": hour.post("/roles", role)["id"]})
    return both


@pytest.fixture
def page(browser: Browser, hour: Product) -> Iterator[Page]:
    with tab(browser, hour) as opened:
        yield opened


def iso(ms: float) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def open_at(page: Page, ms: float, *, still: bool = False) -> None:
    """One camera's footage; what its picture shows is written down."""
    page.goto(f"/playback?camera={PARKING.slug}&at={iso(ms)}{'&still=1' if still else ''}")
    watch(footage(page))


def footage(page: Page) -> Locator:
    return page.get_by_label(f"Footage of {PARKING.name}")


def stands_at(page: Page, number: int) -> None:
    """Waits until this picture is the one that stands, also where it was there before we looked."""
    page.wait_for_function("() => document.querySelector('video').readyState >= 2")
    page.evaluate("() => { const video = document.querySelector('video'); video.currentTime = video.currentTime }")
    wait_number(page, number)
    expect(page.get_by_role("toolbar", name="Player").get_by_role("button", name="Play", exact=True)).to_be_visible()


def number_at(ms: float) -> int:
    """The number of the picture that is shown at an instant of the first camera's footage."""
    return int(ms // FRAME_MS % FRAMES)


def named(ms: int) -> str:
    """A day as the calendar calls it."""
    day = datetime.fromtimestamp(ms / 1000, UTC)
    return f"{day:%a} {day.day} {day:%b}"


def choose_day(page: Page, ms: int) -> None:
    page.get_by_role("group", name="Day").get_by_role("button").nth(1).click()
    calendar = page.get_by_role("dialog", name="Choose a day")
    wanted = calendar.get_by_role("button", name=f"{named(ms)}, ")
    if wanted.count() == 0:
        calendar.get_by_role("button", name="Month before").click()
    # The share of a day that should have been recorded whole.
    expect(wanted).to_have_accessible_name(re.compile(r", (<1|\d+)[.\d]* ?% recorded$"))
    wanted.click()
    expect(calendar).to_be_hidden()


def under(page: Page, x: float, y: float) -> int:
    """The instant that the timeline names under the pointer."""
    page.mouse.move(x - 1, y)
    page.mouse.move(x, y)
    told = page.locator("[data-part=hover-card] time").get_attribute("datetime")
    assert told is not None
    return round(datetime.fromisoformat(told).timestamp() * 1000)


def row(page: Page) -> tuple[float, float, float]:
    """Where the camera's row of the timeline begins and ends, and at which height."""
    box = page.get_by_role("slider", name="Timeline").bounding_box()
    name = page.get_by_role("listitem").get_by_role("button", name=PARKING.name).bounding_box()
    assert box
    assert name
    return box["x"] + 2, box["x"] + box["width"] - 2, name["y"] + name["height"] / 2


def point_at(page: Page, ms: float) -> tuple[float, float, float]:
    """Moves the pointer to an instant in the camera's row; gives the place, and how many milliseconds a pixel is."""
    left, right, y = row(page)
    first, last = under(page, left, y), under(page, right, y)
    per_px = (last - first) / (right - left)
    x = left + (ms - first) / per_px
    assert left <= x <= right, (iso(first), iso(last))
    under(page, x, y)
    return x, y, per_px


def test_from_the_calendar_to_the_day_and_to_the_second(page: Page) -> None:
    page.goto(f"/playback?camera={PARKING.slug}")
    watch(footage(page))
    wait_shown(page, 1)
    assert clock_ms(page) > THE_DAY + DAY, "it begins with the newest"
    choose_day(page, THE_DAY)
    # The day is there as a whole, and begins to play with its first picture.
    page.wait_for_function(
        "([from, to]) => { const at = Date.parse(document.querySelector('[role=toolbar] time').dateTime);"
        " return at >= from && at < to }",
        arg=[BEGIN, BEGIN + MINUTE],
    )
    page.keyboard.press("k")
    left, right, y = row(page)
    assert under(page, left, y) < THE_DAY + HOUR
    assert under(page, right, y) > THE_DAY + 23 * HOUR
    x, y, per_px = point_at(page, HAPPENED)
    assert per_px > 30 * SECOND
    while per_px > 10:
        page.mouse.wheel(0, -400)
        page.wait_for_timeout(400)  # zooming glides
        x, y, per_px = point_at(page, HAPPENED)
    expect(page.locator("[data-part=preview] canvas[data-at]")).to_be_visible()
    forget(page)
    page.mouse.click(x, y)
    wait_number(page, number_at(HAPPENED))
    assert abs(clock_ms(page) - HAPPENED) < FRAME_MS


def test_no_picture_is_skipped_or_repeated_at_the_border_of_two_files(page: Page, hour: Product) -> None:
    def file_at(ms: int) -> str:
        return str(hour.get(f"/playback/{PARKING.slug}/at", t=iso(ms))["start"])

    assert file_at(BORDER) == iso(BORDER)
    assert file_at(BORDER - 1) == iso(BORDER - FILE_MS)
    open_at(page, BORDER - 3 * SECOND)
    played_to(page, BORDER + 2 * SECOND)
    page.keyboard.press("k")
    seen = shown(page)
    assert_in_step(seen)
    assert len(seen) > 40
    assert PARKING.taken_ms(seen[0].number, BORDER) <= BORDER - 2 * SECOND
    assert PARKING.taken_ms(seen[-1].number, BORDER) >= BORDER + SECOND
    # One by one, on and back: each picture is there, and each once.
    around = [number_at(BORDER + number * FRAME_MS) for number in range(-8, 8)]
    open_at(page, BORDER - 8 * FRAME_MS, still=True)
    stands_at(page, around[0])
    for key, numbers in ((".", around[1:]), (",", around[-2::-1])):
        for number in numbers:
            forget(page)
            page.keyboard.press(key)
            wait_number(page, number)
            assert {one.number for one in shown(page)} == {number}
    assert abs(clock_ms(page) - (BORDER - 8 * FRAME_MS)) < FRAME_MS / 2


def test_through_a_gap_whose_cause_is_named_it_goes_on_alone(page: Page) -> None:
    end, again = BEGIN + HOUR, BEGIN + HOUR + GAP_MS
    open_at(page, end - 3 * SECOND)
    told = page.get_by_role("status").filter(has_text="Went over 48 s without footage")
    expect(told).to_contain_text("camera offline", timeout=30_000)
    played_to(page, again + 2 * SECOND)
    page.keyboard.press("k")
    seen = shown(page)
    # The numbers go on over it: the last picture before it and the first one after it are there, once each.
    assert_in_step(seen)
    border = next(index for index, one in enumerate(seen) if one.number < FRAMES // 2)
    assert all(one.number > FRAMES // 2 for one in seen[:border])
    assert border > 10
    assert len(seen) - border > 10
    # Opened within it, it says the same, and one may stay.
    open_at(page, (end + again) / 2)
    notice = page.get_by_role("status").filter(has_text="Nothing recorded: camera offline")
    expect(notice).to_contain_text(re.compile(r"14:00:00 to 14:00:48 \(48 s\)\s*It did not answer\."))
    notice.get_by_role("button", name="Stay here").click()
    expect(notice).not_to_contain_text("by itself")
    # So does the timeline.
    point_at(page, (end + again) / 2)
    card = page.locator("[data-part=hover-card]")
    expect(card).to_contain_text("Camera offline, 48 s")
    expect(card).to_contain_text("It did not answer")
    page.keyboard.press("Space")
    played_to(page, again)


def test_four_cameras_are_in_step(browser: Browser, hour: Product) -> None:
    cameras = {one.name: one for one in WATCHERS}
    with tab(browser, hour) as page:
        page.add_init_script(together.SCRIPT)
        page.goto(f"/playback?cameras={','.join(one.slug for one in WATCHERS)}&at={iso(BORDER - 6 * SECOND)}")
        expect(page.get_by_role("article")).to_have_count(4)
        together.wait_pictures(page, list(cameras), 5)
        seen = together.wait_in_step(page, list(cameras), cameras)
        # What is shown is what the page names, which is written a moment later.
        assert abs(median(one.taken_ms + FRAME_MS / 2 - one.clock for one in seen)) < 4 * FRAME_MS
        played_to(page, BORDER + SECOND)
        together.wait_in_step(page, list(cameras), cameras)


def draw(page: Page, area: Box) -> None:
    """An area on the picture, by hand."""
    page.wait_for_function("() => document.querySelector('[data-part=find-picture]').clientWidth > 100")
    box = page.locator("[data-part=find-picture]").bounding_box()
    assert box
    left, top, right, bottom = area
    page.mouse.move(box["x"] + left * box["width"], box["y"] + top * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + right * box["width"], box["y"] + bottom * box["height"], steps=5)
    page.mouse.up()
    expect(page.get_by_role("button", name=re.compile("^Area 1:"))).to_be_visible()


def search_the_hour(page: Page, area: Box) -> Locator:
    """What is found in an area in the hour around the playhead."""
    draw(page, area)
    page.get_by_role("combobox", name="When").click()
    page.get_by_role("option", name="Half an hour before and after").click()
    page.get_by_role("button", name="Search", exact=True).click()
    told = page.locator("[data-part=find-told]")
    expect(told).to_contain_text("Searched", timeout=60_000)
    expect(told).to_contain_text("1 800 key frames")
    return page.get_by_role("list", name="Changes").get_by_role("listitem")


def test_a_search_in_a_region_finds_the_one_thing_that_happened_in_an_hour(page: Page) -> None:
    open_at(page, BEGIN + HOUR // 2, still=True)
    stands_at(page, number_at(BEGIN + HOUR // 2))
    page.keyboard.press("c")
    found = search_the_hour(page, REGION)
    expect(found).to_have_count(1)
    expect(found.locator("time")).to_have_attribute("datetime", iso(HAPPENED))
    expect(found).to_contain_text("for 5 s")
    assert found.locator("img").evaluate("(image) => image.naturalWidth") > 100
    forget(page)
    found.get_by_role("button").click()
    # The first picture in which it is there.
    wait_number(page, PLANTED.first)
    expect(found.get_by_role("button")).to_have_attribute("aria-current", "true")
    # What it was not to find is there to be found.
    open_at(page, BEGIN + HOUR // 2, still=True)
    stands_at(page, number_at(BEGIN + HOUR // 2))
    page.keyboard.press("c")
    beside = search_the_hour(page, ELSEWHERE)
    expect(beside).to_have_count(1)
    expect(beside.locator("time")).to_have_attribute("datetime", iso(BEGIN + BESIDE.start_ms))


def copied_link(page: Page) -> str:
    page.get_by_role("toolbar", name="Player").get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Copy link to this picture").click()
    expect(page.get_by_text("in the clipboard")).to_be_visible()
    link: str = page.evaluate("navigator.clipboard.readText()")
    return link


def sign_in(page: Page, name: str) -> None:
    """At the door to which a link has led."""
    expect(page).to_have_url(re.compile(r"/login\?next=%2Fplayback"))
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.fixture
def link(page: Page) -> str:
    """To the third picture in which the van is there, as the page gives it."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_at(page, HAPPENED, still=True)
    stands_at(page, PLANTED.first)
    for number in (1, 2):
        page.keyboard.press(".")
        wait_number(page, PLANTED.first + number)
    return copied_link(page)


def test_a_link_that_is_sent_to_a_colleague_opens_at_the_same_picture(
    browser: Browser, hour: Product, link: str, colleagues: Colleagues
) -> None:
    with tab(browser, hour, log_in=False) as other:
        other.goto(link)
        sign_in(other, colleagues.may)
        watch(footage(other))
        stands_at(other, PLANTED.first + 2)
        assert abs(clock_ms(other) - HAPPENED - 2 * FRAME_MS) < FRAME_MS / 2
        # It stays there.
        other.wait_for_timeout(1000)
        assert shown(other)[-1].number == PLANTED.first + 2


def signed_in(product: Product, name: str) -> httpx.Client:
    """As a program, with nothing else than the account."""
    answer = httpx.post(f"{product.url}/api/v1/auth/login", json={"username": name, "password": PASSWORD})
    token = answer.raise_for_status().json()["access_token"]
    return httpx.Client(
        base_url=f"{product.url}/api/v1", headers={"Authorization": f"Bearer {token}"}, timeout=30, trust_env=False
    )


def asked_of_footage(hour: Product) -> list[tuple[str, str, Any]]:
    """Every way to a picture of the hour: method, path with its query, body. Asked for by who may."""
    start, end = iso(HAPPENED), iso(HAPPENED + 10 * SECOND)
    camera = PARKING.slug
    playlist = hour.client.get(f"/api/v1/playback/{camera}/index.m3u8", params={"start": start, "end": end}).text
    init = re.search(r"init/[0-9a-f]{64}\.mp4", playlist)
    assert init
    segment = hour.get(f"/playback/{camera}/at", t=start)["segment_id"]
    sheet = hour.get(f"/playback/{camera}/previews", start=start, end=end)["sheets"][0]["url"].removeprefix("../")
    span = f"start={start}&end={end}"
    area = [[0.5, 0.2], [0.9, 0.2], [0.9, 0.8]]
    return [
        ("GET", f"/playback/{camera}/index.m3u8?{span}", None),
        ("GET", f"/playback/{camera}/master.m3u8?{span}", None),
        ("GET", f"/playback/{camera}/streams?{span}", None),
        ("GET", f"/playback/{camera}/at?t={start}", None),
        ("GET", f"/playback/{camera}/{init[0]}", None),
        ("GET", f"/playback/segments/{segment}.mp4", None),
        ("GET", f"/playback/{camera}/previews?{span}", None),
        ("GET", f"/playback/{sheet}", None),
        ("POST", f"/playback/{camera}/find", {"start": start, "end": end, "region": [area]}),
        ("GET", f"/cameras/{camera}/snapshot.jpg?at={start}", None),
        ("GET", f"/recordings/{segment}", None),
        ("GET", f"/recordings/{segment}/stream", None),
    ]


def test_who_may_not_play_back_gets_nothing_from_the_api(hour: Product, colleagues: Colleagues) -> None:
    ways = asked_of_footage(hour)
    wanted = {"camera": PARKING.slug, "kind": "playback", "start": iso(BEGIN), "end": iso(BEGIN + HOUR)}
    tickets = {"items": [wanted, {**wanted, "kind": "still"}]}
    with signed_in(hour, colleagues.may) as may, signed_in(hour, colleagues.may_not) as may_not:
        for method, path, body in ways:
            assert may.request(method, path, json=body).status_code in (200, 206), path
            refused = may_not.request(method, path, json=body)
            # What a recording's number names does not exist for them; the camera itself they know.
            code = "recording.not_found" if re.search(r"/(segments|recordings)/", path) else "auth.forbidden"
            assert (refused.status_code, refused.json()["code"]) == (404 if "not_found" in code else 403, code), path
        for one in may_not.post("/media-tickets", json=tickets).json()["items"]:
            assert (one["ticket"], one["code"]) == (None, "auth.forbidden")
        given = may.post("/media-tickets", json=tickets).json()["items"]
        assert all(one["ticket"] for one in given)
        # The ticket of somebody else does not help.
        path = f"{ways[0][1]}&ticket={given[0]['ticket']}"
        assert may_not.get(path).status_code == 403
        listed = may_not.get("/recordings", params={"camera_id": PARKING.slug, "limit": 1})
        assert listed.status_code in (403, 404) or listed.json()["items"] == []


def test_who_may_not_play_back_is_told_so_in_plain_words(
    browser: Browser, hour: Product, link: str, colleagues: Colleagues
) -> None:
    got: list[str] = []

    def note(response: Response) -> None:
        if response.ok and re.search(r"/(playback/|previews|snapshot\.jpg|coverage|recordings)", response.url):
            got.append(response.url)

    with tab(browser, hour, log_in=False) as other:
        other.on("response", note)
        other.goto(link)
        sign_in(other, colleagues.may_not)
        expect(other.get_by_text("You may not play back now")).to_be_visible()
        expect(other.get_by_text("Ask an administrator of this site.")).to_be_visible()
        expect(other.locator("video")).to_have_count(0)
        expect(other.get_by_role("navigation").get_by_role("link", name="Playback")).to_have_count(0)
        # Nor on the pages that they may see.
        other.goto(f"/cameras/{PARKING.slug}")
        expect(other.get_by_role("heading", name=PARKING.name)).to_be_visible()
        expect(other.get_by_role("link", name="Playback")).to_have_count(0)
        other.wait_for_timeout(1000)
        assert [url for url in got if "/api/" in url and "/playback/" in url] == []
