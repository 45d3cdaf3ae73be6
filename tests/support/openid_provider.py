"""A real OpenID provider for tests: npm's oidc-provider in a process of node on loopback, and a browser's part in a
login there. `make test` installs it, with the lock file beside it."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

HERE = Path(__file__).parent / "openid"
CLIENT_ID = "vedette"
# What a form would encode: it has to survive HTTP Basic (RFC 6749, section 2.3.1).
SECRET = "s3cret+with %signs/&=:"


class OpenIdProvider:
    """The running one. `accounts` are claims by subject."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        assert process.stdout is not None
        self.issuer = process.stdout.readline().split()[-1]

    def tell(self, **told: Any) -> None:
        """Changes what it is; see `openid/provider.mjs`."""
        httpx.post(f"{self.issuer}/control", json=told, timeout=20).raise_for_status()

    def reset(self, *redirect_uris: str, method: str = "client_secret_basic") -> None:
        """One client, and the people anna (in two groups), bert and carl."""
        client = {
            "client_id": CLIENT_ID,
            "client_secret": SECRET,
            "redirect_uris": list(redirect_uris),
            "token_endpoint_auth_method": method,
        }
        people = {
            "anna": {
                "name": "Anna Alm",
                "preferred_username": "Anna",
                "email": "anna@example.org",
                "groups": ["staff", "boss"],
            },
            "bert": {"name": "Bert", "preferred_username": "bert", "groups": ["staff"]},
            "carl": {"name": "Carl", "preferred_username": "carl", "groups": []},
        }
        self.tell(clients=[client], accounts=people, claimsInUserinfo=False, idTokenSeconds=3600)

    async def sign_in(self, location: str, who: str) -> str:
        """What a person does there: opens the page, enters a name and any password. The address that the provider
        then sends the browser to."""
        async with httpx.AsyncClient(timeout=20) as browser:
            answer = await browser.get(location)
            while not (target := answer.headers.get("location", "")) or target.startswith((self.issuer, "/")):
                if answer.is_redirect:
                    answer = await browser.get(httpx.URL(self.issuer).join(target))
                    continue
                form = re.search(r'action="([^"]+)"', answer.text)
                assert form is not None, answer.text
                fields = {"prompt": "login", "login": who, "password": "any"}
                answer = await browser.post(httpx.URL(self.issuer).join(form[1]), data=fields)
            return str(target)


@pytest.fixture(scope="session")
def openid_process() -> Iterator[OpenIdProvider]:
    """One for all tests of a process."""
    command = ["node", "provider.mjs"]
    process = subprocess.Popen(command, cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield OpenIdProvider(process)
    finally:
        process.terminate()
        process.wait(10)
        assert process.stdout is not None
        process.stdout.close()


@pytest.fixture
def openid(openid_process: OpenIdProvider) -> OpenIdProvider:
    """As `reset` leaves it, for an app that is called http://127.0.0.1:7070."""
    openid_process.reset("http://127.0.0.1:7070/api/v1/auth/oidc/real/callback")
    return openid_process
