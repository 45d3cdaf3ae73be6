"""Signing in by a real OpenID provider as a person does, and setting the provider up as an administrator does.

Vedette is called `localhost` and the provider 127.0.0.1: two sites to the browser, as they are in life."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.openid_provider import CLIENT_ID, SECRET, OpenIdProvider
from tests.support.product import PASSWORD, Product
from tests.support.site import product_with_clips, tab

pytestmark = [pytest.mark.browser, pytest.mark.openid, pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with product_with_clips(tmp_path_factory.mktemp("signin") / "data") as product:
        product.client.post("/api/v1/system/setup/finish")
        yield product


@pytest.fixture
def origin(product: Product, openid_process: OpenIdProvider) -> str:
    """Where people find Vedette; the provider knows its redirect URL."""
    origin = f"http://localhost:{product.port}"
    openid_process.reset(f"{origin}/api/v1/auth/oidc/our-provider/callback")
    return origin


def remove_providers(product: Product) -> None:
    for one in product.get("/oidc-providers")["items"]:
        product.client.delete(f"/api/v1/oidc-providers/{one['id']}", params={"confirm": True})


def add_provider(product: Product, openid: OpenIdProvider, **more: str) -> None:
    remove_providers(product)
    body = {"slug": "our-provider", "name": "Our provider", "issuer": openid.issuer, "client_id": CLIENT_ID}
    product.post("/oidc-providers", {**body, "client_secret": SECRET, "new_users": "all", **more})


@pytest.fixture
def visitor(browser: Browser, product: Product, origin: str) -> Iterator[Page]:
    """Somebody who is not signed in."""
    with tab(browser, product, log_in=False, base_url=origin) as page:
        yield page


def at_the_provider(page: Page, issuer: str, who: str) -> None:
    """Its own page: name and any password."""
    expect(page.locator("input[name=login]")).to_be_visible()
    assert page.url.startswith(issuer)
    page.locator("input[name=login]").fill(who)
    page.locator("input[name=password]").fill("any")
    page.locator("button[type=submit]").click()


def test_an_administrator_sets_a_provider_up(
    browser: Browser, product: Product, origin: str, openid_process: OpenIdProvider
) -> None:
    remove_providers(product)
    with tab(browser, product) as page:
        page.goto("/admin/sign-in")
        page.get_by_role("link", name="Add a provider").click()
        page.get_by_role("textbox", name="Name", exact=True).fill("Our provider")
        expect(page.get_by_label("Short name")).to_have_value("our-provider")
        expect(page.get_by_label("Redirect URL", exact=True)).to_have_value(
            f"{product.url}/api/v1/auth/oidc/our-provider/callback"
        )
        page.get_by_label("Issuer").fill("http://id.example.org")
        page.get_by_label("Client id").fill(CLIENT_ID)
        page.get_by_role("textbox", name="Client secret").fill("not the secret")
        page.get_by_role("button", name="Add mapping").click()
        row = page.get_by_role("group", name="Mapping 1")
        row.get_by_label("Group at the provider").fill("staff")
        row.get_by_role("combobox", name="Gives").click()
        page.get_by_role("option", name="viewer").click()
        page.get_by_role("button", name="Add provider").click()
        expect(page.get_by_text("must begin with https://")).to_be_visible()
        page.get_by_label("Issuer").fill(openid_process.issuer)
        page.get_by_role("button", name="Add provider").click()

        page.get_by_role("button", name="Test the provider").click()
        expect(page.get_by_role("listitem").filter(has_text="client id or client secret")).to_be_visible()
        expect(page.get_by_role("img", name="Problem")).to_be_visible()
        page.get_by_role("textbox", name="Client secret").fill(SECRET)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("button", name="Save")).to_be_disabled()
        page.get_by_role("button", name="Test the provider").click()
        expect(page.get_by_text("accepts the client secret")).to_be_visible()
        expect(page.get_by_role("img", name="Problem")).to_have_count(0)
    (provider,) = product.get("/oidc-providers")["items"]
    assert [(one["value"], one["role"]) for one in provider["mappings"]] == [("staff", "viewer")]


def test_signing_in_leads_to_where_one_wanted(
    visitor: Page, product: Product, origin: str, openid_process: OpenIdProvider
) -> None:
    add_provider(product, openid_process)
    visitor.goto("/playback")
    expect(visitor.get_by_role("heading", name="Sign in")).to_be_visible()
    visitor.get_by_role("link", name="Sign in with Our provider").click()
    at_the_provider(visitor, openid_process.issuer, "anna")
    visitor.wait_for_url(f"{origin}/playback**")
    name = "fetch('/api/v1/auth/me').then((answer) => answer.json()).then((me) => me.user.username)"
    assert visitor.evaluate(name) == "anna"
    # The page renews the login by itself: it knows of it although no answer to a script told.
    visitor.wait_for_function("() => localStorage.getItem('vedette.session') !== null")
    visitor.reload()
    expect(visitor).to_have_url(f"{origin}/playback")


def test_who_may_not_come_in_is_told_so_in_words(
    visitor: Page, product: Product, openid_process: OpenIdProvider
) -> None:
    add_provider(product, openid_process, new_users="refuse")
    visitor.goto("/login")
    visitor.get_by_role("link", name="Sign in with Our provider").click()
    at_the_provider(visitor, openid_process.issuer, "bert")
    expect(visitor.get_by_role("alert")).to_contain_text("no account here")
    expect(visitor.get_by_label("User name")).to_be_visible()


def test_a_provider_that_is_down_is_no_dead_end(
    visitor: Page, product: Product, openid_process: OpenIdProvider
) -> None:
    add_provider(product, openid_process, issuer="http://127.0.0.1:9")
    visitor.goto("/login")
    visitor.get_by_role("link", name="Sign in with Our provider").click()
    expect(visitor.get_by_role("alert")).to_contain_text("does not answer")


def test_an_account_is_linked_and_unlinked_in_the_profile(
    browser: Browser, product: Product, origin: str, openid_process: OpenIdProvider
) -> None:
    add_provider(product, openid_process, new_users="refuse")
    product.post("/users", {"username": "bea", "password": PASSWORD, "role": "viewer"})
    with tab(browser, product, log_in=False, base_url=origin) as page:
        page.goto("/login?next=/profile")
        page.get_by_label("User name").fill("bea")
        page.get_by_role("textbox", name="Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Link with Our provider").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("textbox", name="Your password here").fill("not mine")
        dialog.get_by_role("button", name="Continue to Our provider").click()
        expect(dialog.get_by_role("alert")).to_contain_text("password is wrong")
        dialog.get_by_role("textbox", name="Your password here").fill(PASSWORD)
        dialog.get_by_role("button", name="Continue to Our provider").click()
        at_the_provider(page, openid_process.issuer, "bert")
        page.wait_for_url(f"{origin}/profile")
        expect(page.get_by_text("linked as bert")).to_be_visible()
    with tab(browser, product, log_in=False, base_url=origin) as page:
        page.goto("/profile")
        page.get_by_role("link", name="Sign in with Our provider").click()
        at_the_provider(page, openid_process.issuer, "bert")
        page.wait_for_url(f"{origin}/profile")
        page.get_by_role("button", name="Unlink Our provider").click()
        page.get_by_role("dialog").get_by_role("button", name="Unlink").click()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()  # the login came by the provider
        page.get_by_label("User name").fill("bea")
        page.get_by_role("textbox", name="Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("button", name="Link with Our provider")).to_be_visible()
