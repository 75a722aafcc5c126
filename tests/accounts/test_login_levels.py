"""How sure a login is, by the ways gone; and what browser a session was begun with."""

import pytest

from samspel.accounts.rules import browsers, levels

TABLE = levels.DEFAULT


@pytest.mark.parametrize(
    "ways, level",
    [
        ([], levels.READ),
        (["code"], levels.READ),
        (["code", "recovery"], levels.READ),
        (["totp"], levels.READ),
        (["code", "totp"], levels.SUBMIT),
        (["totp", "code", "code"], levels.SUBMIT),
        (["passkey"], levels.SUBMIT),
        (["demo"], levels.SIGN),
        (["federation"], levels.READ),
        (["federation", "totp"], levels.SUBMIT),
    ],
)
def test_level_is_that_of_the_surest_row_whose_ways_were_all_gone(ways, level):
    assert levels.level_of(ways, TABLE) == level


def test_what_a_federation_said_counts_only_for_who_came_by_it():
    assert levels.level_of(["federation"], TABLE, levels.SIGN) == levels.SIGN
    assert levels.level_of(["code"], TABLE, levels.SIGN) == levels.READ


def test_table_can_ask_for_more():
    assert levels.level_of(["passkey"], {"passkey": "sign"}) == levels.SIGN
    with pytest.raises(ValueError, match="sometimes"):
        levels.level_of(["passkey"], {"passkey": "sometimes"})


def test_ways_stand_on_record_once_each_in_a_fixed_order():
    assert levels.in_order(["totp", "code", "code"]) == "code+totp"


def test_settings_say_what_the_rules_do_by_default(settings):
    assert dict(levels.DEFAULT) == settings.SAMSPEL_LEVELS


@pytest.mark.parametrize(
    "header, browser",
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", ("Firefox", "Linux")),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0", ("Edge", "Windows")),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36", ("Chrome", "Windows")),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", ("Safari", "iPhone")),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36", ("Chrome", "Android")),
        ("curl/8", ("", "")),
        ("", ("", "")),
    ],
)
def test_browser_is_told_in_words_and_without_its_version(header, browser):
    assert browsers.browser_of(header) == browsers.read(browsers.kept(header)) == browser
