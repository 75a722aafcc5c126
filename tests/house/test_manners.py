"""Manners that no tool checks: module names, templates without inline style, a repository about the product alone."""

from __future__ import annotations

import re
import subprocess

import pytest

NOUNS_NOT_FOUND = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)[^>]*>|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<style", re.IGNORECASE
)
TEXT = {".py", ".html", ".css", ".js", ".md", ".toml", ".txt", ".po", ".yml", ".cfg", ".typ", ".svg", ""}
# Paths of one machine, and addresses of package registries.
FOREIGN = re.compile(
    r"(?<![\w.])/(?:work|root|tmp/samspel|home/\w+)/|registry\.npmjs|pypi\.org/simple|files\.pythonhosted"
)


def _tracked(root) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in listed.stdout.split("\0") if name]


@pytest.fixture(scope="module")
def tracked(root):
    return _tracked(root)


def test_no_module_is_a_noun_not_yet_found(sources):
    assert [str(path) for path, _tree in sources if path.stem in NOUNS_NOT_FOUND] == []


def test_templates_carry_no_inline_style_or_script(package):
    found = [
        f"{path.relative_to(package)}: {match.group(0)}"
        for path in sorted(package.rglob("*.html"))
        for match in INLINE.finditer(path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_the_repository_names_no_machine_and_no_registry(root, tracked):
    found = []
    for name in tracked:
        path = root / name
        if path.suffix in TEXT and path.is_file() and name != "tests/house/test_manners.py":
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [f"{name}: {match.group(0)}" for match in FOREIGN.finditer(text)]

    assert found == []


def test_every_module_opens_with_one_sentence_on_what_it_holds(sources, package):
    import ast

    silent = [str(path.relative_to(package)) for path, tree in sources if tree.body and not ast.get_docstring(tree)]

    assert silent == []


def test_every_public_function_and_class_says_what_it_does(sources, package):
    import ast

    silent = []
    for path, tree in sources:
        for node in tree.body:
            if (
                isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ):
                silent.append(f"{path.relative_to(package)}: {node.name}")

    assert silent == []


def test_rules_and_operations_take_the_time_and_never_read_the_clock(sources, package):
    """`at` comes in as an argument, so that what happened when is the caller's to say."""
    clock = re.compile(r"\b(timezone\.now|datetime\.now|date\.today|timezone\.localdate\(\))")
    reading = [
        str(path.relative_to(package))
        for path, _tree in sources
        if path.with_suffix("").relative_to(package).parts[1:2] in (("rules",), ("operations",))
        and clock.search(path.read_text(encoding="utf-8"))
    ]

    assert reading == []
