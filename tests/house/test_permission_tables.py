"""Each app's table of who may do what: whole, handed down, in words, asked by every operation, and kept to."""

from __future__ import annotations

import ast
import importlib
import itertools
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.utils import translation
from django.utils.functional import Promise

from samspel.kernel.audit import SYSTEM
from samspel.kernel.permissions import (
    AGENCY,
    ANY_STATE,
    ANYBODY,
    HERSELF,
    LOGGED_IN,
    NO_ROLES,
    THE_SYSTEM,
    Holding,
    Level,
    names_of_roles,
    tables,
)

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
# What these show everybody may see, and what they change they change by the command line alone.
WITHOUT_A_TABLE = {"kernel", "schemes", "reporting", "config", "testing"}
TABLES = dict(tables.items())
DEEDS = [(app, deed) for app, table in TABLES.items() for deed in table.deeds]


def test_every_app_has_a_table_but_those_with_nothing_to_judge(package):
    apps = {path.parent.name for path in package.glob("*/__init__.py")}

    assert set(TABLES) == apps - WITHOUT_A_TABLE


@pytest.mark.parametrize("app", sorted(TABLES))
def test_the_table_that_is_handed_down_is_that_of_the_app(app):
    assert importlib.import_module(f"samspel.{app}.permissions").TABLE is TABLES[app]


def in_language(code: str, text) -> str:
    with translation.override(code):
        return str(text)


@pytest.mark.parametrize("app", sorted(TABLES))
def test_a_table_is_in_words_in_both_languages(app):
    table = TABLES[app]
    lazy = [table.title, *(row.label for row in table.deeds.values()), *(row.but for row in table.deeds.values())]

    for text in filter(None, lazy):
        assert isinstance(text, Promise), text
        assert in_language("sv", text) != in_language("en", text), f"no Swedish: {text}"


@pytest.mark.parametrize("app", sorted(TABLES))
def test_no_two_deeds_of_an_app_are_called_the_same(app):
    called = [in_language("sv", row.label) for row in TABLES[app].deeds.values()]

    assert sorted(called) == sorted(set(called))


@pytest.mark.parametrize(("app", "deed"), DEEDS)
def test_a_row_names_roles_and_states_that_exist(app, deed):
    table, row = TABLES[app], TABLES[app].deeds[deed]

    assert {str(role) for role in row.roles} <= {*map(str, names_of_roles()), *NO_ROLES}
    assert row.at_agency_too <= row.at_own_place <= row.roles
    assert {str(state) for state in row.by} - {ANY_STATE} <= {str(state) for state in table.states}
    assert row.roles, "a deed that nobody may is no deed"
    assert isinstance(row.level, Level)


@pytest.mark.parametrize(("app", "deed"), DEEDS)
def test_what_takes_no_login_asks_for_no_level(app, deed):
    row = TABLES[app].deeds[deed]

    assert ANYBODY not in row.roles or row.level is Level.READ


# Role x deed x state, for each app: just those of the table, at the place of the table, and nobody else.

HERE, ELSEWHERE = ("organizer", 1), ("organizer", 2)


def person(*held: Holding, **facts):
    someone = SimpleNamespace(is_authenticated=True, is_active=True, key=object(), **facts)
    someone._holdings_by_day = {NOW.date(): held}
    return someone


@pytest.mark.parametrize(("app", "deed"), DEEDS)
def test_a_deed_is_for_just_the_roles_of_its_row_where_they_count(app, deed):
    table, row = TABLES[app], TABLES[app].deeds[deed]
    open_to_all = {ANYBODY, LOGGED_IN}
    for role, state in itertools.product(map(str, names_of_roles()), [ANY_STATE, *table.states]):
        roles = {str(one) for one in row.roles_in(state)}
        counting = [HERE] if role in map(str, row.at_own_place) else [AGENCY]
        counting += [AGENCY] if role in map(str, row.at_agency_too) else []
        for held in (AGENCY, HERE, ELSEWHERE):
            counts = role in roles and held in counting
            allowed = table.allows(person(Holding(role, held)), deed, NOW, state=state, place=HERE)
            assert allowed is bool(counts or roles & open_to_all), (role, state, held)


@pytest.mark.parametrize(("app", "deed"), DEEDS)
def test_the_system_and_the_one_it_is_about_are_let_in_by_the_row_alone(app, deed):
    table, row = TABLES[app], TABLES[app].deeds[deed]
    someone = person()
    for state in [ANY_STATE, *table.states]:
        roles = {str(one) for one in row.roles_in(state)}
        assert table.allows(SYSTEM, deed, NOW, state=state) is bool(roles & {ANYBODY, THE_SYSTEM})
        hers = table.allows(someone, deed, NOW, state=state, whose=someone)
        assert hers is bool(roles & {ANYBODY, LOGGED_IN, HERSELF})
        looked_at = person(*[Holding(str(role)) for role in row.roles], looked_at_by=object())
        assert not (row.is_private and table.allows(looked_at, deed, NOW, state=state, whose=looked_at))


# Every operation asks.

Functions = dict[str, list[ast.FunctionDef]]

# Operations with `by` that ask nobody themselves, by module or function, and why.
ASK_NOBODY = {
    "accounts.viewing.stop": "whoever looks may always stop",
    "accounts.viewing.note_over": "a look that is no longer allowed is over",
    "casefiles.moving": "a part of a merge, which has asked",
    "forms.saving.writes": "a part of a save, a prefill, a carrying over or a PDF, which has asked",
    "forms.saving.aside": "a part of a save, which has asked",
    "forms.saving.frozen": "a part of a save, which asked and was refused by the state alone",
    "letters.moving": "a part of a merge, which has asked",
    "letters.reminders.moving": "a part of a merge, which has asked",
    "letters.listed_people": "a part of a merge, which has asked",
    "letters.sending.recipients": "a part of starting, which has asked",
    "registry.moving": "a part of a merge, which has asked",
    "registry.appointments.appointing.enter": "invitation, draft, authorization or bulk start has asked",
    "registry.bulk.entering": "a part of a bulk start, which has asked",
    "registry.appointments.ending.announce_end": "the system itself, every night",
    "registry.appointments.telling": "mails of operations that have asked",
    "registry.imports.carrying": "the part of an import that writes: the batch has asked",
    "registry.imports.register_writing": "the part of an import that writes: the batch has asked",
    "forms.dependencies.use": "what uses a form says so in an operation of its own, which has asked",
    "registry.invitations.answering.accept": "the link that was mailed to her lets her in",
}


def _called(function: ast.AST) -> set[str]:
    """The last names of what a function calls."""
    return {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
    }


def _asks(function: ast.FunctionDef, here: Functions, elsewhere: Functions, seen: frozenset[str] = frozenset()) -> bool:
    """Whether a function comes to a question of permission, by itself or by what it calls in its app's operations.

    A name is looked up in its own module first, then in the app's other operations.
    """
    called = _called(function) - seen
    if any(one == "take" or one.lstrip("_").startswith("require") for one in called):
        return True
    known = [found for one in called for found in here.get(one) or elsewhere.get(one, [])]
    return any(_asks(one, here, elsewhere, seen | called) for one in known)


def _functions(*trees: ast.Module) -> Functions:
    found: Functions = {}
    for tree in trees:
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                found.setdefault(node.name, []).append(node)
    return found


def operations(sources, package) -> dict[str, list[tuple[str, ast.Module]]]:
    """App to its modules of operations, by their names below `operations`."""
    modules: dict[str, list[tuple[str, ast.Module]]] = {}
    for path, tree in sources:
        parts = path.relative_to(package).with_suffix("").parts
        if len(parts) > 2 and parts[1] == "operations" and parts[0] in TABLES:
            modules.setdefault(parts[0], []).append((".".join(parts[2:]), tree))
    return modules


def test_every_operation_done_by_somebody_asks_whether_she_may(sources, package):
    silent = []
    for app, modules in operations(sources, package).items():
        elsewhere = _functions(*(tree for _, tree in modules))
        for module, tree in modules:
            here = _functions(tree)
            for (node,) in here.values():
                is_done_by = any(one.arg == "by" for one in node.args.kwonlyargs)
                if is_done_by and not node.name.startswith("_") and not _asks(node, here, elsewhere):
                    silent.append(f"{app}.{module.removesuffix('.__init__')}.{node.name}")

    excused = {name: why for name in silent for why in ASK_NOBODY if f"{name}.".startswith(f"{why}.")}
    assert sorted(set(silent) - set(excused)) == []
    assert set(ASK_NOBODY) - set(excused.values()) == set(), "no longer true"


def test_the_search_for_operations_that_ask_nobody_finds_one():
    tree = ast.parse(
        "def silent(*, by): return other()\n"
        "def other(): pass\n"
        "def asks(*, by): return judge(by)\n"
        "def judge(by): TABLE.require(by)\n"
    )
    here = _functions(tree)

    assert [name for name, (node,) in here.items() if not _asks(node, here, {})] == ["silent", "other"]
