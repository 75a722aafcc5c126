"""What imports do not show: where foreign keys point, and who writes whose rows."""

from __future__ import annotations

import ast

import pytest
from django.apps import apps

WRITES = {
    "create", "bulk_create", "get_or_create", "update_or_create", "bulk_update", "update", "delete", "_raw_delete",
}  # fmt: skip


def _our_models():
    return [
        model
        for app in apps.get_app_configs()
        if app.name.startswith("samspel.")
        for model in app.get_models(include_auto_created=True)
    ]


def test_every_app_stands_on_a_floor(floor_of):
    labels = {app.label for app in apps.get_app_configs() if app.name.startswith("samspel.")}

    assert labels - set(floor_of) == set()


@pytest.mark.parametrize("model", _our_models(), ids=lambda model: model._meta.label)
def test_a_foreign_key_points_to_its_own_app_or_a_lower_floor(model, floor_of):
    here = model._meta.app_label
    for field in model._meta.get_fields():
        there = (
            field.related_model._meta.app_label
            if field.is_relation and field.concrete and field.related_model
            else here
        )
        if there == here:
            continue
        assert there in floor_of, f"{model._meta.label}.{field.name} points outside the house, to {there}"
        assert floor_of[there] < floor_of[here], f"{model._meta.label}.{field.name} points to {there}"


@pytest.mark.parametrize("label", ["kernel", "post"])
def test_kernel_and_post_keep_a_persons_key_as_a_value(label):
    pointing = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model is apps.get_model("accounts.Person")
    ]

    assert pointing == []


def _models_of_other_apps(tree: ast.Module, here: str) -> set[str]:
    """Names in a module that are models of another app."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        and node.module.startswith("samspel.") and ".models" in node.module
        and node.module.split(".")[1] != here
        for alias in node.names
    }  # fmt: skip


def _root_name(node: ast.expr) -> str | None:
    """`Person` of `Person.objects.filter(…).update`."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return node.id if isinstance(node, ast.Name) else None


def _chain(node: ast.expr) -> list[str]:
    names = []
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        else:
            node = node.func
    return names


def test_an_app_writes_only_its_own_rows(sources, package):
    trespasses = []
    for path, tree in sources:
        here = path.relative_to(package).parts[0]
        foreign = _models_of_other_apps(tree, here)
        if here in ("testing", "config") or not foreign:
            continue
        for node in ast.walk(tree):
            is_write = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
            if is_write and _root_name(node.func) in foreign and "objects" in _chain(node.func):
                trespasses.append(f"{path.relative_to(package)}:{node.lineno} {ast.unparse(node.func)}")

    assert trespasses == []


def test_the_search_for_trespasses_finds_one():
    tree = ast.parse("from samspel.accounts.models import Person\nPerson.objects.filter(pk=1).update(name='x')")
    call = next(node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.func.attr == "update")

    assert _models_of_other_apps(tree, "registry") == {"Person"}
    assert _root_name(call.func) == "Person" and "objects" in _chain(call.func)
