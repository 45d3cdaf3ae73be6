"""Who sent a request, by what proxies say."""

from ipaddress import ip_network

import pytest

from vedette.http.forwarded import Proxies, Seen, normal

PROXY, SECOND = "10.0.0.1", "10.0.0.2"
OURS = (ip_network("10.0.0.0/24"), ip_network("fd00::/64"))


def caller(peer: str, *fields: tuple[str, str], header: str = "x-forwarded-for") -> Seen:
    headers = [(name.encode(), value.encode("latin-1")) for name, value in fields]
    return Proxies(OURS, header).caller(peer, headers)


@pytest.mark.parametrize(
    ("peer", "chain", "address"),
    [
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),  # nobody's proxy: its word is not asked for
        (PROXY, "198.51.100.1", "198.51.100.1"),
        (PROXY, "1.2.3.4, 198.51.100.1", "198.51.100.1"),  # the first one is what the caller made up
        (PROXY, f"1.2.3.4, 198.51.100.1, {SECOND}", "198.51.100.1"),
        (PROXY, f"{SECOND}, 198.51.100.1", "198.51.100.1"),  # made up to look like a proxy
        (PROXY, f"10.0.0.9, {SECOND}", "10.0.0.9"),  # the caller is within the trusted network
        (PROXY, "unknown", PROXY),
        (PROXY, "1.2.3.4, garbage", PROXY),
        (PROXY, "1.2.3.4,", PROXY),
        (PROXY, '", 198.51.100.1', "198.51.100.1"),  # opened by the caller, to hide what the proxy adds
        (PROXY, f'1.2.3.4, ", 198.51.100.1, {SECOND}', "198.51.100.1"),
        (PROXY, "", PROXY),
        (PROXY, "198.51.100.1:4711", "198.51.100.1"),
        (PROXY, "[2001:db8::1]:4711", "2001:db8::1"),
        (PROXY, "2001:DB8:0::1", "2001:db8::1"),
        ("::ffff:10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
        ("fd00::5", "2001:db8::1", "2001:db8::1"),
        (PROXY, "1.2.3.4," * 5000 + "198.51.100.1", "198.51.100.1"),
        ("testclient", "198.51.100.1", "testclient"),
    ],
)
def test_the_last_address_that_is_no_proxy_is_the_callers(peer: str, chain: str, address: str) -> None:
    assert caller(peer, ("x-forwarded-for", chain)).address == address


def test_a_quote_that_a_caller_opens_swallows_nothing() -> None:
    for chain in ('for="1.2.3.4, for=198.51.100.1', 'for=";, for="198.51.100.1"', 'by=", for=198.51.100.1;host="a,b"'):
        assert caller(PROXY, ("forwarded", chain), header="forwarded").address == "198.51.100.1"
    whole = 'for=1.2.3.4, for=198.51.100.1;host="a,b"'
    assert caller(PROXY, ("forwarded", whole), header="forwarded").address == "198.51.100.1"


def test_several_fields_are_one_list() -> None:
    seen = caller(PROXY, ("x-forwarded-for", "1.2.3.4"), ("x-forwarded-for", f"198.51.100.1, {SECOND}"))
    assert seen.address == "198.51.100.1"


@pytest.mark.parametrize(
    ("chain", "protocols", "scheme"),
    [
        ("198.51.100.1", "https", "https"),
        ("198.51.100.1", "HTTPS", "https"),
        ("198.51.100.1", "http", "http"),
        ("198.51.100.1", "ftp", None),
        (f"198.51.100.1, {SECOND}", "https", "https"),
        (f"198.51.100.1, {SECOND}", "https, http", "https"),  # TLS ended at the first proxy
        ("198.51.100.1", "https, http", "http"),  # the first word is what the caller made up
        ("", "https", "https"),
    ],
)
def test_the_scheme_that_the_caller_used(chain: str, protocols: str, scheme: str | None) -> None:
    fields = [("x-forwarded-proto", protocols)] + ([("x-forwarded-for", chain)] if chain else [])
    assert caller(PROXY, *fields).scheme == scheme
    assert caller("203.0.113.7", *fields).scheme is None


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        ("for=198.51.100.1;proto=https", Seen("198.51.100.1", "https", proxied=True)),
        ('For="[2001:db8:cafe::17]:4711";Proto=http;by=203.0.113.43', Seen("2001:db8:cafe::17", "http", proxied=True)),
        (
            f"for=1.2.3.4, for=198.51.100.1;proto=https, for={SECOND};proto=http",
            Seen("198.51.100.1", "https", proxied=True),
        ),
        ("for=_hidden;proto=https", Seen(PROXY, "https")),
        ('for="198.51.100.1, 1.2.3.4";proto=https', Seen(PROXY, "https")),
        ("proto=https", Seen(PROXY, "https")),
        ('for="', Seen(PROXY, None)),
        (";;,,=", Seen(PROXY, None)),
    ],
)
def test_the_header_of_rfc_7239(value: str, seen: Seen) -> None:
    assert caller(PROXY, ("forwarded", value), header="forwarded") == seen


def test_only_the_header_of_the_settings_counts() -> None:
    both = (("forwarded", "for=1.2.3.4"), ("x-forwarded-for", "198.51.100.1"))
    assert caller(PROXY, *both).address == "198.51.100.1"
    assert caller(PROXY, *both, header="forwarded").address == "1.2.3.4"


def test_without_proxies_nothing_is_believed() -> None:
    assert Proxies().caller("127.0.0.1", [(b"x-forwarded-for", b"1.2.3.4")]) == Seen("127.0.0.1")


@pytest.mark.parametrize(("text", "address"), [("fe80::1%eth0", "fe80::1"), ("1.2.3", None), ("", None)])
def test_normal_form(text: str, address: str | None) -> None:
    assert normal(text) == address
