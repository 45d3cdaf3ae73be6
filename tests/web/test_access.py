"""Set-up, sign-in, second step, profile, and an app that shows what one may do, in Chromium."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, WebSocketRoute, expect

from tests.support.product import ADMIN, PASSWORD, Product, until
from tests.support.site import product_with_clips, tab
from tests.support.watching import forget, wait_shown, watch
from tests.web.test_pages import assert_nothing_found, assert_nothing_sticks_out, needs_axe
from vedette.identity.built_in import VIEWER_ID

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

PHONE = {"width": 360, "height": 740}
WIDE = {"width": 1440, "height": 900}
RAIL = re.compile("^Pages$")


def sign_in(page: Page, name: str, password: str) -> None:
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page, name: str) -> None:
    page.get_by_role("button", name=f"Account of {name}").click()
    page.get_by_role("menuitem", name="Sign out").click()
    page.wait_for_url("**/login")
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()  # the address comes before the page


def judge(page: Page) -> None:
    """As a phone and as a desk see it, in both themes, with the pointer on nothing that would tell its name."""
    page.mouse.move(700, 4)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert_nothing_sticks_out(page)
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    assert_nothing_found(page)


@pytest.fixture(scope="module")
def unclaimed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with product_with_clips(tmp_path_factory.mktemp("unclaimed") / "data", claim=False) as product:
        yield product


@needs_axe
def test_from_the_token_to_a_second_step(browser: Browser, unclaimed: Product) -> None:
    with tab(browser, unclaimed, log_in=False) as page:
        page.goto("/cameras/new")
        expect(page.get_by_role("heading", name="Make the first account")).to_be_visible()
        expect(page.get_by_label("Set-up token")).to_be_focused()
        judge(page)

        page.goto(f"/setup#token={unclaimed.setup_token()}")
        expect(page.get_by_label("User name")).to_be_focused()
        expect(page).to_have_url(re.compile("/setup$"))
        expect(page.get_by_label("Set-up token")).to_have_count(0)
        create = page.get_by_role("button", name="Create the account")
        page.get_by_label("User name").fill("Anna")
        page.get_by_label("Password", exact=True).fill("anna")
        expect(create).to_be_disabled()
        page.get_by_label("Password", exact=True).fill("password123")
        create.click()
        expect(page.get_by_text("among the first that are tried")).to_be_visible()
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        create.click()
        expect(page.get_by_role("heading", name="Welcome to Vedette")).to_be_visible()
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("button", name="Later").click()
        expect(page.get_by_role("heading", name="Overview")).to_be_visible()

        page.goto("/profile")
        expect(page.get_by_text("Everywhere", exact=True)).to_be_visible()
        expect(page.get_by_text("this one")).to_be_visible()
        judge(page)
        page.get_by_role("button", name="Set up").click()
        dialog = page.get_by_role("dialog", name="Set up the second step")
        dialog.get_by_label("Password", exact=True).fill("wrong")
        dialog.get_by_role("button", name="Continue").click()
        expect(dialog.get_by_text("The password is wrong")).to_be_visible()
        dialog.get_by_label("Password", exact=True).fill(PASSWORD)
        dialog.get_by_role("button", name="Continue").click()
        expect(dialog.get_by_role("img", name="QR code for the authenticator app")).to_be_visible()
        assert_nothing_found(page)
        app = pyotp.TOTP(dialog.locator("code").inner_text().replace(" ", ""))
        dialog.get_by_label("The code that the app shows now").fill(app.now())
        dialog.get_by_role("button", name="Switch on").click()
        listed = dialog.get_by_role("list", name="Recovery codes")
        expect(listed).to_be_visible()
        codes = listed.get_by_role("listitem").all_inner_texts()
        assert len(codes) >= 8
        assert_nothing_found(page)
        with page.expect_download() as saved:
            dialog.get_by_role("button", name="Download").click()
        assert all(code in Path(saved.value.path()).read_text() for code in codes)
        expect(dialog.get_by_role("button", name="Done")).to_be_disabled()
        dialog.get_by_role("checkbox", name="I have kept them").check()
        dialog.get_by_role("button", name="Done").click()
        expect(page.get_by_text(f"{len(codes)} recovery codes left")).to_be_visible()

        sign_out(page, "Anna")
        judge(page)
        sign_in(page, "anna", "wrong wrong wrong")
        expect(page.get_by_role("alert")).to_contain_text("User name or password are wrong")
        sign_in(page, "anna", PASSWORD)
        expect(page.get_by_label("Code of your authenticator app")).to_be_focused()
        judge(page)
        page.get_by_label("Code of your authenticator app").fill("000000")
        page.keyboard.press("Enter")
        expect(page.get_by_text("The code is wrong")).to_be_visible()
        # The present one was used already, and each is good once.
        page.get_by_label("Code of your authenticator app").fill(app.at(int(time.time()) + 30))
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Overview")).to_be_visible()

        sign_out(page, "Anna")
        sign_in(page, "anna", PASSWORD)
        page.get_by_role("button", name="Use a recovery code").click()
        page.get_by_label("Recovery code").fill(codes[0])
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Overview")).to_be_visible()
        page.goto("/profile")
        page.get_by_role("button", name="Switch off").click()
        dialog = page.get_by_role("dialog", name="Switch the second step off")
        dialog.get_by_label("Password", exact=True).fill(PASSWORD)
        dialog.get_by_label("Code of your authenticator app, or a recovery code").fill(codes[1])
        dialog.get_by_role("button", name="Switch off").click()
        expect(page.get_by_role("button", name="Set up")).to_be_visible()


def test_set_up_is_over_once_there_is_an_account(browser: Browser, site: Product) -> None:
    with tab(browser, site, log_in=False) as page:
        page.goto("/setup#token=guess")
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


@pytest.mark.parametrize("wanted", ["//example.org/", "https://example.org/", "/\\example.org", "javascript:alert(1)"])
def test_a_login_leads_to_no_other_site(browser: Browser, site: Product, wanted: str) -> None:
    with tab(browser, site, log_in=False) as page:
        page.goto(f"/login?next={httpx.QueryParams({'n': wanted})}".replace("n=", "", 1))
        sign_in(page, "keeper", PASSWORD)
        expect(page.get_by_role("heading", name="Overview")).to_be_visible()
        assert page.url == f"{site.url}/"


@pytest.fixture
def guest(site: Product, request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of somebody who may watch Gate, and nothing else."""
    name = re.sub(r"\W", "", request.node.name)[5:25].strip("_")
    user = site.post("/users", {"username": name, "password": PASSWORD})
    gate = next(camera for camera in site.cameras() if camera["slug"] == "gate")
    site.post("/grants", {"user_id": user["id"], "role_id": str(VIEWER_ID), "camera_id": gate["id"]})
    yield name
    site.client.delete(f"/api/v1/users/{user['id']}").raise_for_status()


@pytest.fixture
def guest_page(browser: Browser, site: Product, guest: str) -> Iterator[Page]:
    with tab(browser, site, log_in=False) as page:
        page.goto("/live")
        expect(page).to_have_url(re.compile(r"/login\?next=%2Flive$"))
        sign_in(page, guest, PASSWORD)
        expect(page.get_by_role("article")).to_have_count(1)
        assert page.url == f"{site.url}/live"
        yield page


def rail(page: Page) -> Locator:
    return page.get_by_role("navigation", name=RAIL)


def user_id(site: Product, name: str) -> str:
    return str(next(user["id"] for user in site.get("/users")["items"] if user["username"] == name))


@needs_axe
def test_a_viewer_of_one_camera_sees_a_whole_app_and_nothing_forbidden(guest_page: Page, guest: str) -> None:
    page = guest_page
    expect(page.get_by_role("article", name="Gate")).to_be_visible()
    expect(rail(page).get_by_role("link")).to_have_text(["Overview", "Live", "Playback", "Cameras", "Recordings"])
    for link, heading in (("Overview", "Overview"), ("Cameras", "Cameras"), ("Playback", "Playback")):
        rail(page).get_by_role("link", name=link).click()
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        expect(page.get_by_text("Gate").first).to_be_visible()
        expect(page.get_by_text("Yard")).to_have_count(0)
        expect(page.get_by_role("alert")).to_have_count(0)
        forbidden = re.compile("Add|Edit|Delete|Download|Start|Stop|Room left")
        expect(page.get_by_role("button", name=forbidden).or_(page.get_by_role("link", name=forbidden))).to_have_count(
            0
        )
        judge(page)
    page.goto("/cameras/gate")
    expect(page.get_by_role("heading", name="Last seven days")).to_be_visible()
    expect(page.get_by_role("heading", name="Recording", exact=True)).to_have_count(0)
    expect(page.get_by_role("link", name="Edit")).to_have_count(0)
    judge(page)

    page.keyboard.press("g")
    page.keyboard.press("s")
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("s")
    expect(page.get_by_role("option")).to_have_count(0)
    page.get_by_role("combobox").fill("gate")
    expect(page.get_by_role("option")).to_have_count(2)
    page.keyboard.press("Escape")
    assert page.url.endswith("/cameras/gate")

    for path, said in (
        ("/storage", "This page is not open to you"),
        ("/system", "This page is not open to you"),
        ("/admin", "This page is not open to you"),
        ("/cameras/new", "This page is not open to you"),
        ("/cameras/gate/edit", "This page is not open to you"),
        ("/cameras/yard", "There is no such camera"),
        ("/nonsense", "There is no such page"),
    ):
        page.goto(path)
        expect(page.get_by_role("heading", name=said)).to_be_visible()
        expect(rail(page)).to_be_visible()
    judge(page)
    page.get_by_role("button", name=f"Account of {guest}").click()
    expect(page.get_by_text("Viewer of Gate")).to_be_visible()
    assert_nothing_found(page)


def test_a_session_that_is_ended_elsewhere_leads_to_the_login_and_back(
    guest_page: Page, guest: str, site: Product
) -> None:
    page = guest_page
    watch(page.get_by_role("article", name="Gate").locator("video"))
    wait_shown(page, 3)
    site.client.delete(f"/api/v1/users/{user_id(site, guest)}/sessions").raise_for_status()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.locator("video")).to_have_count(0)
    sign_in(page, guest, PASSWORD)
    expect(page.get_by_role("article", name="Gate")).to_be_visible()
    assert page.url == f"{site.url}/live"


def test_a_permission_that_is_withdrawn_takes_the_picture_along(guest_page: Page, guest: str, site: Product) -> None:
    page = guest_page
    watch(page.get_by_role("article", name="Gate").locator("video"))
    wait_shown(page, 3)
    for grant in site.get("/grants", user_id=user_id(site, guest))["items"]:
        site.client.delete(f"/api/v1/grants/{grant['id']}").raise_for_status()
    expect(page.get_by_role("heading", name="No camera is shared with you yet")).to_be_visible()
    expect(page.locator("video")).to_have_count(0)


def test_leaving_in_one_tab_leaves_in_all(guest_page: Page, guest: str) -> None:
    other = guest_page.context.new_page()
    other.goto("/cameras")
    expect(other.get_by_role("heading", name="Cameras")).to_be_visible()
    sign_out(guest_page, guest)
    expect(other.get_by_role("heading", name="Sign in")).to_be_visible()
    # And in one tab is in all.
    sign_in(guest_page, guest, PASSWORD)
    expect(guest_page.get_by_role("heading", name="Overview")).to_be_visible()
    expect(other.get_by_role("heading", name="Cameras")).to_be_visible()


def refreshes(context: BrowserContext) -> list[str]:
    """Fills with the renewals that the tabs of a browser ask for."""
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url) if "/auth/refresh" in request.url else None)
    return asked


def test_an_access_token_that_is_gone_is_renewed_once_for_all_tabs(guest_page: Page) -> None:
    tabs = [guest_page, guest_page.context.new_page()]
    tabs[1].goto("/cameras")
    expect(tabs[1].get_by_role("heading", name="Cameras")).to_be_visible()
    asked = refreshes(guest_page.context)
    guest_page.context.clear_cookies(name="vedette_access")
    # A page that is left while it renews does not hear of its new token, and has to ask again.
    with guest_page.context.expect_event("requestfinished", lambda request: "/auth/refresh" in request.url):
        for page in tabs:
            page.keyboard.press("g")
            page.keyboard.press("c")
            page.evaluate(
                "window.dispatchEvent(new Event('focus')); document.dispatchEvent(new Event('visibilitychange'))"
            )
    for page in tabs:
        page.reload()
        expect(rail(page)).to_be_visible()
        expect(page.get_by_text("Gate").first).to_be_visible()
    assert len(asked) == 1


def test_a_password_that_somebody_else_chose_is_changed_first(browser: Browser, site: Product) -> None:
    user = site.post("/users", {"username": "newcomer", "password": PASSWORD, "must_change_password": True})
    with tab(browser, site, log_in=False) as page:
        page.goto("/login")
        sign_in(page, "newcomer", PASSWORD)
        expect(page.get_by_role("heading", name="Choose a new password")).to_be_visible()
        page.goto("/cameras")  # there is no way around it
        expect(page.get_by_role("heading", name="Choose a new password")).to_be_visible()
        page.get_by_label("Present password", exact=True).fill(PASSWORD)
        page.get_by_label("New password", exact=True).fill("four words of mine")
        page.get_by_role("button", name="Set the password and go on").click()
        expect(page.get_by_role("heading", name="No camera is shared with you yet")).to_be_visible()
    site.client.delete(f"/api/v1/users/{user['id']}").raise_for_status()


def test_sign_in_and_out_by_keys_alone(browser: Browser, site: Product, guest: str) -> None:
    with tab(browser, site, log_in=False) as page:
        page.goto("/profile")
        expect(page.get_by_label("User name")).to_be_focused()
        page.keyboard.type(guest)
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Profile", exact=True)).to_be_visible()
        account = page.get_by_role("button", name=f"Account of {guest}")
        for _ in range(12):
            page.keyboard.press("Tab")
            if account.evaluate("(element) => element === document.activeElement"):
                break
        page.keyboard.press("Enter")
        expect(page.get_by_role("menuitem", name="Profile and preferences")).to_be_focused()
        page.keyboard.press("End")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        assert page.url.endswith("/login")


def test_too_many_attempts_say_how_long_to_wait(browser: Browser, site: Product) -> None:
    with tab(browser, site, log_in=False) as page:
        page.goto("/login")
        button = page.get_by_role("button", name="Sign in", exact=True)
        for number in range(5):
            with page.expect_response("**/auth/login"):
                sign_in(page, "nobody-here", f"guess {number}")
        expect(page.get_by_role("alert")).to_contain_text("has to wait: ")
        expect(button).to_be_disabled()
        expect(button).to_be_enabled()
        expect(page.get_by_role("alert")).to_have_text("User name or password are wrong.")


def test_a_live_view_renews_its_login_and_ends_with_the_permission(page: Page) -> None:
    doors: list[WebSocketRoute] = []

    def door(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        doors.append(socket)

    page.route_web_socket(re.compile("/live/.*/mse"), door)
    page.goto("/live?focus=gate")
    gate = page.get_by_role("article", name="Gate")
    watch(gate.locator("video"))
    wait_shown(page, 5)
    with page.expect_response("**/auth/refresh") as renewed:
        doors[0].close(code=4401)
    assert renewed.value.ok
    forget(page)
    wait_shown(page, 5)
    assert len(doors) == 2

    doors[1].close(code=4403)
    expect(gate.get_by_text("You may no longer see this camera")).to_be_visible()
    assert gate.locator("video").evaluate("(video) => video.readyState") == 0, "no picture is left"
    page.wait_for_timeout(2000)  # many times the first wait of who tries again
    assert len(doors) == 2


def test_a_live_view_that_is_refused_at_the_door_asks_once_more_with_another_ticket(page: Page) -> None:
    told: list[str] = []

    def door(socket: WebSocketRoute) -> None:
        told.append("refused")
        socket.close(code=4403)

    def note(request: Request) -> None:
        if "/media-tickets" in request.url and '"live"' in (request.post_data or ""):
            told.append("ticket")

    page.route_web_socket(re.compile("/live/.*/mse"), door)
    page.on("request", note)
    page.goto("/live?focus=gate")
    expect(page.get_by_role("article", name="Gate").get_by_text("You may no longer see this camera")).to_be_visible()
    page.wait_for_timeout(2000)
    assert told == ["ticket", "refused", "ticket", "refused"]


def test_after_a_logout_no_footage_is_left_in_the_browser(browser: Browser, site: Product) -> None:
    def closed() -> str | None:
        found = site.get("/recordings")["items"]
        return next((one["id"] for one in found if one["state"] == "closed"), None)

    url = f"/api/v1/recordings/{until('a file is closed', closed, 150)}/stream"
    kept = """async (url) => {
        try { return (await fetch(url, { cache: 'only-if-cached', mode: 'same-origin' })).status } catch { return 0 }
    }"""
    ask = """async ([path, body]) => (await fetch('/api/v1/auth/' + path, { method: 'POST', body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json', 'X-Vedette-Client': 'web' } })).status"""
    with tab(browser, site, log_in=False) as page:
        page.goto("/login")
        login = {"username": ADMIN, "password": PASSWORD, "transport": "cookie"}
        assert page.evaluate(ask, ["login", login]) == 200
        assert page.evaluate(kept, url) in (0, 504)
        assert page.evaluate("async (url) => (await (await fetch(url)).arrayBuffer()).byteLength > 10000", url)
        page.wait_for_timeout(2000)
        assert page.evaluate(kept, url) == 200, "it does not go by itself"
        assert page.evaluate(ask, ["logout", {}]) == 204
        until("it is gone", lambda: page.evaluate(kept, url) in (0, 504), 20)
