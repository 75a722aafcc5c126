"""Static files for tests, collected as `samspel run` does, so that a missing file or a wrong address is seen."""

from __future__ import annotations

import hashlib
from typing import Any

from whitenoise.middleware import WhiteNoiseMiddleware

from samspel.config.home import Home

NOTE = "static.json"


def collect() -> None:
    """Collect them if anything changed since the last time."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            digest.update(f"{path} {storage.get_modified_time(path).timestamp()} {storage.size(path)}\n".encode())
    home = Home.of().make()
    if home.read(NOTE).get("digest") != digest.hexdigest() or not home.static.exists():
        from samspel.config.migrating import collect_static

        collect_static()
        home.write(NOTE, {"digest": digest.hexdigest()})


class Served(WhiteNoiseMiddleware):
    """WhiteNoise, which looks through the folder once for all tests of a process: nobody changes it during a run."""

    found: dict[tuple[str, str], dict[str, Any]] = {}

    def update_files_dictionary(self, root: str, prefix: str) -> None:
        """Take what was found there before, or look. Both as WhiteNoise gives them."""
        if (root, prefix) not in self.found:
            super().update_files_dictionary(root, prefix)
            self.found[root, prefix] = dict(self.files)
        self.files.update(self.found[root, prefix])
