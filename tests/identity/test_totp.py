"""Codes against RFC 6238, and codes that are good once."""

import base64

import pytest

from vedette.identity import totp

# RFC 6238, appendix B (SHA-1), the last six digits.
SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("at_s", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_vectors_of_the_standard(at_s: int, code: str) -> None:
    step = at_s // 30
    assert totp.accepted_step(SECRET, code, at_s * 1000, None) == step
    assert totp.accepted_step(SECRET, code, (at_s + 30) * 1000, None) == step
    assert totp.accepted_step(SECRET, code, (at_s - 30) * 1000, None) == step
    assert totp.accepted_step(SECRET, code, (at_s + 90) * 1000, None) is None
    assert totp.accepted_step(SECRET, code, at_s * 1000, step - 1) == step
    assert totp.accepted_step(SECRET, code, at_s * 1000, step) is None
    assert totp.accepted_step(SECRET, code, at_s * 1000, step + 1) is None


@pytest.mark.parametrize("code", ["", "000000", "28708", "２８７０８２", "\ud800"])
def test_wrong_codes(code: str) -> None:
    assert totp.accepted_step(SECRET, code.encode("utf-8", "replace").decode(), 59_000, None) is None


def test_recovery_codes_can_be_typed_in_any_way() -> None:
    codes = totp.new_recovery_codes()
    assert len(set(codes)) == totp.RECOVERY_CODES
    for code in codes:
        assert not totp.is_code(code)
        assert totp.recovery_hash(code) == totp.recovery_hash(code.replace("-", " ").upper())
    assert len({totp.recovery_hash(code) for code in codes}) == totp.RECOVERY_CODES


def test_the_address_for_the_app_names_product_and_person() -> None:
    assert totp.uri(SECRET, "anna").startswith("otpauth://totp/Vedette:anna?secret=" + SECRET)
