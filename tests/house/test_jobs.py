"""Every job that is queued by name exists, since tasks stand above operations and imports do not show it."""

from __future__ import annotations

import ast
import importlib

from procrastinate.contrib.django import app


def _queued(path, tree, package) -> list[str]:
    """The names given to `jobs.queue(…)` in a module, constants looked up in it."""
    module = importlib.import_module(".".join(["samspel", *path.relative_to(package).with_suffix("").parts]))
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("jobs.queue", "queue") and node.args:
            names.append(eval(compile(ast.Expression(node.args[0]), str(path), "eval"), vars(module)))
    return names


def test_every_queued_job_exists(sources, package):
    queued = {name for path, tree in sources if "jobs" not in path.parts for name in _queued(path, tree, package)}

    assert "post.deliver" in queued
    assert queued - set(app.tasks) == set()


def test_every_job_of_ours_has_a_lane_that_a_worker_serves():
    ours = {name: task.queue for name, task in app.tasks.items() if not name.startswith(("builtin:", "procrastinate."))}

    assert {name for name, lane in ours.items() if lane not in ("urgent", "bulk")} == set()
