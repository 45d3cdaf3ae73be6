"""Media tickets: signed, read, and what is refused."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.footage import T0
from vedette.access.principal import MediaKind
from vedette.core.errors import VedetteError
from vedette.identity.tickets.ticket import Bearer, Ticket, TicketKeys
from vedette.settings import Settings
from vedette.vault import Vault, add_key, forget_keys, open_vault

HERE = "192.0.2.7"
TICKET = Ticket(
    MediaKind.PLAYBACK, UUID(int=1), Bearer.SESSION, UUID(int=2), UUID(int=3), T0 // 1000 + 300, T0, T0 + 60_000
)
KEYS = TicketKeys(Vault(bytes(32)))


def said(ticket: Ticket) -> tuple[object, ...]:
    names = ("kind", "user_id", "bearer", "bearer_id", "camera_id", "expires_s", "start_ms", "end_ms")
    return tuple(getattr(ticket, name) for name in names)


@pytest.mark.parametrize("kind", MediaKind)
@pytest.mark.parametrize("bearer", Bearer)
def test_a_ticket_says_what_was_signed(kind: MediaKind, bearer: Bearer) -> None:
    ranged = kind is not MediaKind.LIVE
    ticket = Ticket(
        kind, UUID(int=9), bearer, UUID(int=8), UUID(int=7), 1234, 5 if ranged else None, 6 if ranged else None
    )
    text = KEYS.sign(ticket, HERE)
    assert said(KEYS.read(text)) == said(ticket)
    assert len(text) == 132
    assert text.replace("-", "").replace("_", "").isalnum(), "fit for an address as it is"


def test_no_bit_of_it_can_be_changed() -> None:
    data = urlsafe_b64decode(KEYS.sign(TICKET, HERE))
    for bit in range(len(data) * 8):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(VedetteError, match="not valid"):
            KEYS.read(urlsafe_b64encode(changed).decode())


@given(st.text() | st.text(alphabet="abcXYZ019-_=!", min_size=132, max_size=132))
def test_no_text_is_taken_for_a_ticket_or_breaks_it(text: str) -> None:
    with pytest.raises(VedetteError, match="not valid"):
        KEYS.read(text)


def test_another_installation_s_ticket_is_none() -> None:
    with pytest.raises(VedetteError, match="not valid"):
        TicketKeys(Vault(bytes([1] * 32))).read(KEYS.sign(TICKET, HERE))


@pytest.mark.parametrize(
    ("given_to", "comes_from", "at_home"),
    [
        (HERE, HERE, True),
        (HERE, "::ffff:192.0.2.7", True),
        (HERE, "192.0.2.8", False),
        ("2001:db8::1", "2001:db8::2", True),  # the same /64: privacy addresses change by the day
        ("2001:db8::1", "2001:db8:0:1::1", False),
        (HERE, "", False),
    ],
)
def test_a_ticket_is_good_where_it_was_given(given_to: str, comes_from: str, at_home: bool) -> None:
    assert KEYS.is_at_home(KEYS.read(KEYS.sign(TICKET, given_to)), comes_from) is at_home


def test_a_new_key_keeps_the_tickets_of_the_former_one_until_that_is_forgotten(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    old = TicketKeys(open_vault(settings))
    before = old.sign(TICKET, HERE)
    add_key(settings.key_file)
    fresh = TicketKeys(open_vault(settings))
    assert said(fresh.read(before)) == said(TICKET)
    assert fresh.is_at_home(fresh.read(before), HERE)
    after = fresh.sign(TICKET, HERE)
    assert after != before
    assert said(old.read(after)) == said(TICKET), "a running process learns the new key by itself"
    assert old.is_at_home(old.read(after), HERE)
    forget_keys(settings.key_file, [old.read(before).key_id])
    with pytest.raises(VedetteError, match="not valid"):
        TicketKeys(open_vault(settings)).read(before)
