"""People as a small site has them: for pictures of the administration's pages, and tests that want some."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpx

from tests.support.product import PASSWORD, Product

AGENTS = {
    "firefox": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "phone": "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
}
WEEKDAYS = [[["07:00", "19:00"]]] * 5 + [[], []]


@dataclass(frozen=True, slots=True)
class Staff:
    """Ids by name."""

    users: dict[str, str]
    zones: dict[str, str]
    groups: dict[str, str]
    roles: dict[str, str]


def make_staff(product: Product) -> Staff:
    """Seven people, three zones, two groups, two roles of their own, tokens, logins and failures of them."""
    cameras = {camera["name"]: camera["id"] for camera in product.cameras()}
    names = list(cameras)
    users = {}
    for username, full_name in (
        ("maria.huber", "Maria Huber"),
        ("thomas.berger", "Thomas Berger"),
        ("sofia.novak", "Sofia Novak"),
        ("frontdesk", "Front desk"),
        ("guard1", "Night guard"),
        ("guard2", "Night guard (stand-in)"),
        ("it.partner", "Alpine IT Ltd"),
    ):
        given = {"username": username, "display_name": full_name, "password": PASSWORD}
        users[username] = product.post("/users", given)["id"]
    roles = {role["name"]: role["id"] for role in product.get("/roles")["items"]}
    for name, description, permissions in (
        ("Reception", "Looks at the entrances, talks to visitors.", ["camera.view", "live.view", "talk.use"]),
        (
            "Investigator",
            "Goes through footage and hands it over.",
            ["camera.view", "playback.view", "export.create", "evidence.lock"],
        ),
    ):
        role = {"name": name, "description": description, "permissions": permissions}
        roles[name] = product.post("/roles", role)["id"]
    zones = {
        name: product.post("/zones", {"name": name, "description": description, "cameras": chosen})["id"]
        for name, description, chosen in (
            ("Entrances", "Doors that visitors come through", [cameras[name] for name in names[:2]]),
            ("Warehouse", "Behind the gate", [cameras[name] for name in names[1:3]]),
            ("Car park", "", [cameras[name] for name in names[3:]]),
        )
    }
    groups = {
        name: product.post("/groups", {"name": name, "description": description, "members": members})["id"]
        for name, description, members in (
            ("Guards", "Watch at night", [users["guard1"], users["guard2"]]),
            ("Office", "", [users["maria.huber"], users["sofia.novak"], users["frontdesk"]]),
        )
    }
    night = [[["18:00", "06:00"]]] * 7
    for grant in (
        {"user_id": users["thomas.berger"], "role_id": roles["admin"]},
        {"user_id": users["maria.huber"], "role_id": roles["operator"]},
        {"user_id": users["sofia.novak"], "role_id": roles["Investigator"], "valid_until": "2027-01-01T00:00:00Z"},
        {"group_id": groups["Office"], "role_id": roles["viewer"], "zone_id": zones["Entrances"]},
        {"user_id": users["frontdesk"], "role_id": roles["Reception"], "zone_id": zones["Entrances"]},
        {
            "user_id": users["frontdesk"],
            "role_id": roles["viewer"],
            "camera_id": cameras[names[-1]],
            "hours": {"timezone": "Europe/Vienna", "week": WEEKDAYS},
        },
        {
            "group_id": groups["Guards"],
            "role_id": roles["operator"],
            "hours": {"timezone": "Europe/Vienna", "week": night},
        },
    ):
        product.post("/grants", grant)
    product.client.put(
        f"/api/v1/users/{users['it.partner']}/password", json={"password": PASSWORD, "must_change_password": True}
    ).raise_for_status()
    product.post(f"/users/{users['guard2']}/disable")
    for username, agent in (("maria.huber", "firefox"), ("frontdesk", "firefox"), ("frontdesk", "phone")):
        _log_in(product, username, PASSWORD, AGENTS[agent])
    with suppress(httpx.HTTPStatusError):
        _log_in(product, "maria.huber", "not it", AGENTS["phone"])
    return Staff(users, zones, groups, roles)


def make_tokens(product: Product) -> None:
    """Tokens of the administrator, one of them in use."""
    with httpx.Client(base_url=product.url, cookies=product.cookies(), headers={"X-Vedette-Client": "tests"}) as person:
        used = _token(person, name="Door panel", permissions=["camera.view", "live.view"], networks=["127.0.0.0/8"])
        limited = ["camera.view", "playback.view", "export.create"]
        networks = ["192.168.40.0/24", "2001:db8:40::/48"]
        _token(person, name="Nightly export", permissions=limited, networks=networks, expires_at="2027-11-21T00:00:00Z")
        _token(person, name="Home automation", permissions=["live.view"], expires_at="2099-01-01T00:00:00Z")
    headers = {"Authorization": f"Bearer {used['token']}"}
    for path in ["/cameras"] * 40 + ["/auth/me"] * 7:
        httpx.get(f"{product.url}/api/v1{path}", headers=headers).raise_for_status()


def _token(person: httpx.Client, **given: Any) -> dict[str, Any]:
    answer = person.post("/api/v1/api-tokens", json=given)
    answer.raise_for_status()
    made: dict[str, Any] = answer.json()
    return made


def _log_in(product: Product, username: str, password: str, agent: str) -> None:
    given = {"username": username, "password": password}
    answer = httpx.post(f"{product.url}/api/v1/auth/login", json=given, headers={"User-Agent": agent})
    answer.raise_for_status()
