"""Pictures of every page for the documentation: `make screenshots` writes them to docs/images.

Starts the product in a temporary folder with simulated cameras and half a week of footage, and looks at it with
Chromium: each page dark and light at 1440 x 900, and dark at 360 x 740 as on a phone. `python -m docs.screenshots NAME
...` takes only the named pages, `--to DIRECTORY` puts them elsewhere, `--size 3840x2160` adds another size.
"""

import argparse
import asyncio
import base64
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.archive import SEGMENT_MS, commit, make_segment
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as NeverHappened
from sqlalchemy import select, update
from tests.support.product import ADMIN, PASSWORD, Product
from tests.support.site import add_session, chromium, product_with_clips
from tests.support.staff import make_staff, make_tokens

from vedette.cameras.tables import CameraRow, StreamRow
from vedette.cli.demo import prepare_demo
from vedette.core.clock import SystemClock
from vedette.db.migrate import migrate
from vedette.db.session import Database
from vedette.identity.built_in import VIEWER_ID
from vedette.recordings.commit import SegmentCommitter
from vedette.recordings.model import GapCause, HealthSample
from vedette.settings import Settings
from vedette.storage.tables import VolumeRow

IMAGES = Path(__file__).parent / "images"
CAMERAS = 4
HOURS = 80
QUALITY = 82  # of WebP: letters stay crisp, a page takes 20 to 150 kB
WIDE, PHONE = (1440, 900), (360, 740)
MINUTE = 60_000

# Hours before now, how many quarters of an hour, and why nothing was recorded.
GAPS: dict[str, list[tuple[float, int, GapCause, str]]] = {
    "yard": [(19.0, 3, GapCause.CAMERA_OFFLINE, "It did not answer")],
    "lobby": [(9.5, 8, GapCause.STOPPED, "Stopped by hand"), (33.5, 8, GapCause.STOPPED, "Stopped by hand")],
    "loading-dock": [(2.75, 1, GapCause.NETWORK, "The connection broke")],
}


@dataclass(frozen=True, slots=True)
class Shot:
    """One page, and what has to be there (or is done) before it is looked at."""

    name: str
    path: str
    ready: Callable[[Page], object]


def live(page: Page) -> None:
    """Every tile plays; the tools are in sight."""
    expect(page.locator("video")).to_have_count(CAMERAS)
    page.wait_for_function("() => [...document.querySelectorAll('video')].every((video) => video.currentTime > 1)")
    page.mouse.move(200, 200)


def arranging(page: Page) -> None:
    """A wall with one large picture is being arranged."""
    live(page)
    page.get_by_role("button", name="One large and 5").click()
    page.get_by_role("button", name="Arrange").click()
    expect(page.get_by_role("region", name="Cameras")).to_be_visible()
    page.wait_for_function("() => [...document.querySelectorAll('video')].every((video) => video.currentTime > 1)")


def playing(page: Page) -> None:
    """A picture is shown, and so much of the time line that footage and gaps are in sight."""
    at = datetime.now(UTC) - timedelta(seconds=5)
    page.goto(f"/playback?camera=yard&at={at:%Y-%m-%dT%H:%M:%S}Z")
    try:
        page.wait_for_function(SHOWS, timeout=60_000)
    except NeverHappened:
        sys.exit(f"Playback does not play at {at}: {page.get_by_role('main').inner_text()}")
    page.keyboard.press("k")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    settled(page)


def together(page: Page) -> None:
    """Four cameras at one instant."""
    at = datetime.now(UTC) - timedelta(seconds=8)
    cameras = "yard,lobby,loading-dock,front-door"
    page.goto(f"/playback?cameras={cameras}&at={at:%Y-%m-%dT%H:%M:%S}Z")
    # On a phone only those in sight are there.
    page.wait_for_selector("article video")
    shown = "() => [...document.querySelectorAll('article video')].every((one) => one.readyState > 2)"
    page.wait_for_function(shown, timeout=60_000)
    page.wait_for_timeout(1500)
    page.keyboard.press("k")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    settled(page)


def sharing(page: Page) -> None:
    """What would be shared is named, and not shared yet."""
    playing(page)
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("region", name="What is shared")).to_be_visible()
    page.wait_for_timeout(500)


def finding(page: Page) -> None:
    """An area is drawn, and what changed in it is listed."""
    playing(page)
    page.keyboard.press("c")
    page.get_by_role("button", name="Add an area").click()
    page.get_by_role("combobox", name="When").click()
    page.get_by_role("option", name="Half an hour").click()
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.locator("[data-part=find-told]")).to_contain_text("Searched", timeout=120_000)
    page.locator("[data-part=find-told]").scroll_into_view_if_needed()
    settled(page)


def zone(page: Page) -> None:
    """The cameras of a zone are being chosen."""
    settled(page)
    page.get_by_role("link", name="Entrances").click()
    expect(page.get_by_role("checkbox", name="Yard")).to_be_visible()
    settled(page)


def camera(page: Page) -> None:
    """Its picture and its curves are there."""
    page.wait_for_function("() => document.querySelector('video')?.currentTime > 1")
    expect(page.locator("canvas").first).to_be_visible()
    settled(page)


def tested(page: Page) -> None:
    """A camera was tested, not yet added."""
    page.get_by_role("textbox", name="Address").fill(Cameras.url)
    page.get_by_role("textbox", name="Name").fill("Gate")
    page.get_by_role("button", name="Test the camera").click()
    expect(page.get_by_role("img", name="What the camera sees")).to_be_visible()
    page.evaluate("scrollTo(0, 0)")


def keys(page: Page) -> None:
    """The list of keys."""
    settled(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    page.wait_for_timeout(500)


def second_step(page: Page) -> None:
    """The second step is being set up."""
    settled(page)
    page.get_by_role("button", name="Set up").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Password", exact=True).fill(PASSWORD)
    dialog.get_by_role("button", name="Continue").click()
    expect(dialog.get_by_role("img", name="QR code for the authenticator app")).to_be_visible()
    page.wait_for_timeout(300)


def door(page: Page) -> None:
    """A page before the app."""
    expect(page.get_by_role("heading").first).to_be_visible()
    page.wait_for_timeout(300)


# A video element has a frame and is not on its way to another one.
SHOWS = """() => {
  const video = document.querySelector('video')
  return video && video.videoWidth > 0 && video.readyState >= 2 && !video.seeking
}"""
# Every place for a camera's picture has one.
PICTURES = """() => [...document.images].every((image) => image.complete)
  && [...document.querySelectorAll('[data-part=still]')].every((still) => still.dataset.shown === '')"""


def settled(page: Page) -> None:
    """Nothing is being loaded any more."""
    page.wait_for_function("() => !document.querySelector('.mantine-Skeleton-root')")
    page.wait_for_function(PICTURES, timeout=60_000)
    page.wait_for_timeout(700)


def person(page: Page) -> None:
    """One account with what it may do."""
    page.get_by_role("link", name="frontdesk", exact=True).click()
    expect(page.get_by_role("heading", name="What this person may do")).to_be_visible()
    settled(page)


def token(page: Page) -> None:
    """A token with its use."""
    page.get_by_role("link", name="Door panel").click()
    expect(page.get_by_text("Use in the last 30 days")).to_be_visible()
    settled(page)


def entry(page: Page) -> None:
    """An entry of the log with what was done."""
    page.get_by_role("link", name="Gave a role").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("Hash")
    settled(page)


def watched(page: Page) -> None:
    """Two people watch, and their players have told how late they are."""
    expect(page.get_by_text(re.compile(r"\d ms")).first).to_be_attached()
    expect(page.get_by_text("not told")).to_have_count(0, timeout=30_000)  # tiles report every ten seconds
    settled(page)


class Cameras:
    """Where the simulated cameras are, once that is known."""

    url = ""


FIRST_RUN = [
    Shot("first-run-place", "/welcome", settled),
]
SHOTS = [
    Shot("overview", "/", settled),
    Shot("live", "/live", live),
    Shot("live-arrange", "/live", arranging),
    Shot("playback", "/playback", playing),
    Shot("playback-together", "/playback", together),
    Shot("share", "/playback", sharing),
    Shot("find", "/playback", finding),
    Shot("recordings", "/recordings", settled),
    Shot("coverage", "/coverage", settled),
    Shot("cameras", "/cameras", settled),
    Shot("camera", "/cameras/yard", camera),
    Shot("camera-add", "/cameras/new", tested),
    Shot("camera-edit", "/cameras/yard/edit", settled),
    Shot("storage", "/storage", settled),
    Shot("system", "/system", settled),
    Shot("profile", "/profile", settled),
    Shot("second-step", "/profile", second_step),
    Shot("keys", "/", keys),
    Shot("not-found", "/nonsense", settled),
]
# Of a site with people; see `make_staff`.
ADMIN_SHOTS = [
    Shot("admin-users", "/admin/users", settled),
    Shot("admin-user", "/admin/users?q=frontdesk", person),
    Shot("admin-roles", "/admin/roles", settled),
    Shot("admin-zones", "/admin/zones", settled),
    Shot("admin-zone", "/admin/zones?q=entrances", zone),
    Shot("admin-tokens", "/admin/tokens", token),
    Shot("admin-audit", "/admin/audit?action=grant", entry),
]
WATCHING = Shot("watching", "/admin/watching", watched)
SIGN_IN = Shot("sign-in", "/login", door)
SET_UP = Shot("set-up", "/setup", door)
AS_VIEWER = Shot("as-viewer", "/", settled)
# Who takes part in the pictures beside the administrator.
VIEWER = "Maria Moser"


@contextmanager
def looking(
    browser: Browser, product: Product, size: tuple[int, int], theme: str, who: str | None = ADMIN
) -> Iterator[Page]:
    """A page in one theme and size, of a user, or of nobody."""
    options = {"width": size[0], "height": size[1]}
    # A phone's pixels are finer.
    context = browser.new_context(
        viewport=options,  # type: ignore[arg-type]
        device_scale_factor=2 if size == PHONE else 1,
        base_url=product.url,
        locale="en-GB",
    )
    if who is not None:
        add_session(context, product, who)
    context.add_init_script(f"localStorage.setItem('mantine-color-scheme-value', '{theme}')")
    try:
        yield context.new_page()
    finally:
        context.close()


def take(page: Page, to: Path) -> None:
    """Writes what is in sight, as WebP."""
    shot = page.context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    to.write_bytes(base64.b64decode(shot["data"]))
    print(f"{to.name:<32}{to.stat().st_size / 1000:>8.0f} kB", flush=True)


def take_all(
    browser: Browser,
    product: Product,
    shots: list[Shot],
    sizes: list[tuple[int, int]],
    to: Path,
    who: str | None = ADMIN,
) -> None:
    for size in sizes:
        for theme in ("dark",) if size == PHONE else ("dark", "light"):
            with looking(browser, product, size, theme, who) as page:
                for shot in shots:
                    page.goto(shot.path)
                    shot.ready(page)
                    mark = "" if size == WIDE else "-phone" if size == PHONE else f"-{size[0]}"
                    take(page, to / f"{shot.name}-{theme}{mark}.webp")


def first_run(browser: Browser, product: Product, sizes: list[tuple[int, int]], to: Path) -> None:
    """Both steps of the first run; the second with the test of a camera."""

    def step_two(page: Page) -> None:
        settled(page)
        page.get_by_role("button", name="Continue").click()
        tested(page)

    take_all(browser, product, [*FIRST_RUN, Shot("first-run-camera", "/welcome", step_two)], sizes, to)


def doors(browser: Browser, product: Product, wanted: set[str], sizes: list[tuple[int, int]], to: Path) -> None:
    """What nobody sees, and what a viewer of one camera does."""
    if not wanted or SIGN_IN.name in wanted:
        take_all(browser, product, [SIGN_IN], sizes, to, None)
    if wanted and AS_VIEWER.name not in wanted:
        return
    user = product.post("/users", {"username": "maria", "display_name": VIEWER, "password": PASSWORD})
    product.post("/grants", {"user_id": user["id"], "role_id": str(VIEWER_ID), "camera_id": product.cameras()[0]["id"]})
    take_all(browser, product, [AS_VIEWER], sizes, to, "maria")


def watching(browser: Browser, product: Product, sizes: list[tuple[int, int]], to: Path) -> None:
    """Who watches, while two of the staff do."""
    with (
        looking(browser, product, WIDE, "dark", "maria.huber") as guard,
        looking(browser, product, WIDE, "dark", "frontdesk") as desk,
    ):
        guard.goto("/live")
        desk.goto(f"/live?focus={product.cameras()[0]['slug']}")
        for page in (guard, desk):
            page.wait_for_function("() => document.querySelector('video')?.currentTime > 1")
        take_all(browser, product, [WATCHING], sizes, to)


async def make_history(settings: Settings) -> None:
    """An installation that has recorded for days, before it is started."""
    settings.run_dir.mkdir(parents=True, exist_ok=True)
    await migrate(settings.sqlalchemy_url)
    database = Database(settings.sqlalchemy_url)
    end_ms = time.time_ns() // 1_000_000
    start_ms = end_ms - HOURS * 60 * MINUTE
    try:
        await prepare_demo(database, settings, CAMERAS)
        async with database.write() as session:
            await session.execute(update(CameraRow).values(created_ms=start_ms))
            volume_id = (await session.scalars(select(VolumeRow.id))).one()
            query = select(StreamRow.id, CameraRow.slug).join(CameraRow).where(StreamRow.kind == "main")
            streams = (await session.execute(query)).all()
        committer = SegmentCommitter(database, SystemClock(), "node-1")
        for stream_id, slug in streams:
            await _record(settings.default_volume, committer, stream_id, volume_id, slug, start_ms, end_ms)
            await _measure(committer, stream_id, end_ms)
    finally:
        await database.aclose()


async def _record(
    volume: Path, committer: SegmentCommitter, stream_id: int, volume_id: int, slug: str, start_ms: int, end_ms: int
) -> None:
    missing = {
        end_ms - (round(hours * 60 * MINUTE / SEGMENT_MS) - quarter) * SEGMENT_MS: (cause, detail)
        for hours, quarters, cause, detail in GAPS.get(slug, [])
        for quarter in range(quarters)
    }
    (volume / slug).mkdir(parents=True, exist_ok=True)
    original = volume / slug / "original.mp4"
    made = make_segment(original, "small", slug)
    for at_ms in range(start_ms, end_ms, SEGMENT_MS):
        if at_ms in missing:
            await committer.gap_opened(stream_id, at_ms, *missing[at_ms])
            continue
        path = volume / slug / f"{at_ms}.mp4"
        path.hardlink_to(original)
        await commit(committer, made, stream_id, volume_id, path.relative_to(volume), at_ms)
    original.unlink()
    await committer.gap_opened(stream_id, end_ms, GapCause.STOPPED, "Vedette was shut down")


async def _measure(committer: SegmentCommitter, stream_id: int, end_ms: int) -> None:
    """A day of the curves on a camera's page."""
    chance = random.Random(stream_id)
    minutes = range(end_ms // MINUTE - 24 * 60, end_ms // MINUTE)
    samples = [
        HealthSample(
            stream_id=stream_id,
            minute=minute,
            fps=25 - chance.random() * 0.1,
            bitrate=2_000_000 + chance.gauss(0, 60_000),
            key_interval_s=2.0,
            jitter_ms=1.5 + chance.random(),
            lost_packets=0,
            clock_offset_ms=12 + chance.random(),
            drift_ppm=None,
            reconnects=0,
            connected_s=60.0,
        )
        for minute in minutes
    ]
    await committer.health_minute(samples)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="pages to take (all of them)")
    parser.add_argument("--to", type=Path, default=IMAGES, metavar="DIRECTORY")
    parser.add_argument("--size", action="append", default=[], metavar="WxH", help="one more size")
    arguments = parser.parse_args()
    sizes = [WIDE, PHONE, *((int(w), int(h)) for w, _, h in (text.partition("x") for text in arguments.size))]
    wanted = set(arguments.names)
    extra = {"first-run", *(shot.name for shot in (SIGN_IN, SET_UP, AS_VIEWER, WATCHING, *ADMIN_SHOTS))}
    unknown = wanted - {shot.name for shot in SHOTS} - extra
    if unknown:
        sys.exit(f"There is no page {', '.join(sorted(unknown))}.")
    arguments.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="vedette-screenshots-") as directory:
        product = product_with_clips(Path(directory) / "vedette")
        asyncio.run(make_history(Settings(data=product.data, simulator_port=product.simulator_port)))
        with product, chromium() as browser:
            product.wait_recording(CAMERAS, 120)
            time.sleep(15)  # something to play back
            Cameras.url = product.cameras()[0]["streams"][0]["url"]
            shots = [shot for shot in SHOTS if not wanted or shot.name in wanted]
            take_all(browser, product, shots, sizes, arguments.to)
            doors(browser, product, wanted, sizes, arguments.to)
            staffed = [shot for shot in ADMIN_SHOTS if not wanted or shot.name in wanted]
            seen = not wanted or WATCHING.name in wanted
            if staffed or seen:
                make_staff(product)
                make_tokens(product)
                take_all(browser, product, staffed, sizes, arguments.to)
            if seen:
                watching(browser, product, sizes, arguments.to)
            if not wanted or SET_UP.name in wanted:
                with product_with_clips(Path(directory) / "new", claim=False) as unclaimed:
                    take_all(browser, unclaimed, [SET_UP], sizes, arguments.to, None)
            if not wanted or "first-run" in wanted:
                with product_with_clips(Path(directory) / "first") as fresh:
                    first_run(browser, fresh, sizes, arguments.to)


if __name__ == "__main__":
    main()
