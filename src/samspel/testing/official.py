"""The official files, where a machine has them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def official_files() -> Path:
    """The folder that SAMSPEL_OFFICIAL_FILES names; mark the test with `official_files`."""
    return Path(os.environ["SAMSPEL_OFFICIAL_FILES"]).resolve()
