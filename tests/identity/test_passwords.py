"""What a password must be, and how it is checked."""

import asyncio

import pytest

from vedette.core.errors import VedetteError
from vedette.identity.names import fold, new_username
from vedette.identity.passwords import MOST_WAITING, Passwords, check_new_password

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("password", ["three random words", "x7#kQ!9vLp", "пароль-длинный", "a" * 250 + "bcdefg"])
def test_good_ones(password: str) -> None:
    check_new_password(password, "anna")


@pytest.mark.parametrize(
    "password",
    [
        "",
        "ninechars",
        "a" * 257,
        "Password123",
        "ｐａｓｓｗｏｒｄ１２３",
        "1234567890",
        "aaaaaaaaaaaa",
        "ababababab",
        "Admin-of-it",
    ],
)
def test_weak_ones(password: str) -> None:
    with pytest.raises(VedetteError) as refused:
        check_new_password(password, "admin-of-it")
    assert (refused.value.code, refused.value.field) == ("auth.password_weak", "password")
    assert password == "" or password not in refused.value.message


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Anna", "anna"),
        (" ANNA ", "anna"),
        ("Ａｎｎａ", "anna"),
        ("Straße", "strasse"),
        ("A\u030a", "å"),
        ("\ud800\x00", ""),
    ],
)
def test_one_spelling_for_each_name(typed: str, folded: str) -> None:
    assert fold(typed) == folded
    assert fold(fold(typed)) == folded


@pytest.mark.parametrize("name", ["", " ", "a b", "a\u200bb", "a/b", "<script>", "x" * 65])
def test_names_that_are_none(name: str) -> None:
    with pytest.raises(VedetteError) as refused:
        new_username(name)
    assert refused.value.field == "username"


async def test_right_wrong_and_nobody() -> None:
    passwords = Passwords(memory_kib=64, passes=1)
    try:
        stored = await passwords.hash("three random words")
        assert stored.startswith("$argon2id$v=19$m=64,t=1,p=1$")
        assert await passwords.hash("three random words") != stored
        assert (await passwords.verify("three random words", stored)).ok
        assert not (await passwords.verify("three random word", stored)).ok
        assert not (await passwords.verify("three random words", None)).ok
        assert not (await passwords.verify("three random words", "not a hash")).ok
        assert (await passwords.verify("three random words", stored)).rehashed is None
    finally:
        passwords.close()


async def test_a_hash_of_old_parameters_is_replaced_at_a_good_check_only() -> None:
    old, new = Passwords(memory_kib=64, passes=1), Passwords(memory_kib=128, passes=1)
    try:
        stored = await old.hash("three random words")
        verdict = await new.verify("three random words", stored)
        assert verdict.ok
        assert verdict.rehashed is not None
        assert verdict.rehashed.startswith("$argon2id$v=19$m=128,")
        assert (await new.verify("wrong", stored)).rehashed is None
    finally:
        old.close()
        new.close()


async def test_a_flood_is_sent_away() -> None:
    passwords = Passwords(memory_kib=64, passes=1)
    try:
        answers = await asyncio.gather(
            *(passwords.verify("x", None) for _ in range(MOST_WAITING + 5)), return_exceptions=True
        )
        sent_away = [answer for answer in answers if isinstance(answer, VedetteError)]
        assert [error.code for error in sent_away] == ["auth.busy"] * 5
        assert not (await passwords.verify("x", None)).ok
    finally:
        passwords.close()
