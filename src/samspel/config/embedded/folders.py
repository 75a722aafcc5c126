"""Where the database's data and its socket lie."""

from __future__ import annotations

import os
import secrets
import stat
import tempfile
from pathlib import Path

from samspel.config.embedded.account import Account, account_for, reaches
from samspel.config.embedded.wheel import SHARED
from samspel.config.home import Home
from samspel.config.refused import Refused

DATABASE = USER = "samspel"
# The home's note of where its data and its socket lie.
NOTE = "database.json"
# A socket's whole path may be 107 bytes; its name takes 16.
LONGEST_SOCKET_FOLDER = 90


def data_folder(home: Home) -> tuple[Path, Account | None]:
    """The folder of the data, and who owns it (None: oneself); it may not exist yet.

    Raises Refused if the home says where its data lie and they are gone: an empty database in their place would
    look like a loss.
    """
    if noted := home.read(NOTE).get("data"):
        data = Path(noted)
        if not data.exists():
            raise Refused(
                f"The database of {home.path} should lie in {data}, which does not exist. Put it back, or "
                f"remove {home.path / NOTE} to begin with an empty one."
            )
        return data, account_for(data)
    data = home.path / "pg"
    account = account_for(data)
    if account and not data.exists() and not reaches(account, home.path):
        # A name of its own each time: a home that was removed and made anew must not wake an old database.
        data = SHARED / f"{home.key}-{secrets.token_hex(4)}"
    return data, account


def make_parent(data: Path) -> None:
    """Make the folder that the data folder stands in; open to pass through, as the data folder itself is closed."""
    data.parent.mkdir(mode=0o755, parents=True, exist_ok=True)


def make_private(folder: Path, account: Account | None) -> None:
    """Make a folder that its owner alone can enter, and give it to the account."""
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    if account:
        account.own(folder)


def socket_folder(home: Home) -> Path:
    """`<tmp>/samspel-<user number>/<key of the home>`."""
    me = os.geteuid() if os.name == "posix" else 0
    folder = Path(tempfile.gettempdir()) / f"samspel-{me}" / home.key
    if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER:
        folder = Path("/tmp") / f"samspel-{me}" / home.key
    return folder


def make_socket_folder(home: Home, account: Account | None) -> Path:
    """Make it, after a look that nobody laid a link or a folder of her own in its place."""
    folder = socket_folder(home)
    upper = folder.parent
    upper.mkdir(mode=0o700, exist_ok=True)
    status = upper.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        raise Refused(f"{upper} is not a folder of this user. Remove it, or set TMPDIR to a folder of your own.")
    upper.chmod(0o711 if account else 0o700)
    make_private(folder, account)
    return folder
