"""`samspel run`: database, preparing, web and two job workers, as one command that starts and stops whole."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass

from samspel.config import demo_mail, prepared
from samspel.config.database import database_settings
from samspel.config.embedded.folders import data_folder
from samspel.config.embedded.server import launch, wait_until_ready
from samspel.config.embedded.stale import stop_leftover
from samspel.config.home import Home
from samspel.config.refused import Refused
from samspel.config.supervisor import ports
from samspel.config.supervisor.children import Child, Start, end_leftover, identity, spawner
from samspel.config.supervisor.lock import Taken, owned, wait_for_guests
from samspel.config.supervisor.signals import Signals, caught

NOTE = "children.json"
LANES = ("urgent", "bulk")
FIRST_ANSWER_WITHIN = 60
# A sync job is never cut by the worker itself; after this it is, and is taken up again at the next start.
JOBS_END_WITHIN = 30
COMMANDS_END_WITHIN = 5


@dataclass(frozen=True)
class Wish:
    """What somebody asked to run, and where people shall reach it."""

    is_demo: bool
    host: str
    port: int

    @property
    def address(self) -> str:
        """As shown to a person."""
        return ports.shown(self.host, self.port)


def run(home: Home, wish: Wish, environ: Mapping[str, str]) -> int:
    """Run until a signal asks to stop. Returns the exit status; raises Refused before anything was started."""
    refuse_mistaken(home, wish, environ)
    try:
        with owned(home, "run"), caught() as signals:
            end_leftovers(home)
            ports.refuse_taken(wish.host, wish.port)
            return Supervisor(home, wish, environ, signals).run()
    except Taken as other:
        raise Refused(already(home, str(other))) from None


def already(home: Home, deed: str) -> str:
    """The sentence for a home that another process holds."""
    if deed == "run":
        return f"Samspel is already running in {home.path}."
    return f"`samspel {deed}` is working in {home.path}. Try again when it is done."


def refuse_mistaken(home: Home, wish: Wish, environ: Mapping[str, str]) -> None:
    """The demo cannot be an accident, and a demo home never becomes a real one."""
    if home.is_demo and not wish.is_demo:
        raise Refused(
            f"{home.path} is a demo home and stays one: `samspel run --demo`, or choose another SAMSPEL_HOME."
        )
    if (wish.is_demo or home.is_demo) and environ.get("DATABASE_URL"):
        raise Refused("The demo keeps its own database: take DATABASE_URL out of the environment.")
    if wish.is_demo and not ports.is_loopback(wish.host):
        raise Refused(
            f"The demo lets anyone log in as anyone, so it is reached from this machine only: not {wish.host}."
        )


def end_leftovers(home: Home) -> None:
    """End what a supervisor that was killed left running; we hold the home, so nobody else's are meant."""
    for known in home.read(NOTE).get("children", []):
        end_leftover(known)
    data, _ = data_folder(home)
    stop_leftover(data)


class Supervisor:
    """The children of one home, in the order in which they start."""

    def __init__(self, home: Home, wish: Wish, environ: Mapping[str, str], signals: Signals) -> None:
        self.home, self.wish, self.signals = home, wish, signals
        self.environ = {**environ, "SAMSPEL_HOME": str(home.path), "PYTHONUNBUFFERED": "1"}
        self.environ["DJANGO_SETTINGS_MODULE"] = "samspel.config.settings"
        if wish.is_demo:
            self.environ["SAMSPEL_URL"] = wish.address.rstrip("/")
        self.has_own_database = not environ.get("DATABASE_URL")
        self.children: list[Child] = []

    def run(self) -> int:
        """Start everything, watch it, stop everything; 0 if asked to stop, 1 if something would not run."""
        try:
            self._start()
            return self._watch()
        except _AskedToStop:
            return 0
        finally:
            self._stop()

    def _start(self) -> None:
        if self.has_own_database:
            self._start_database()
        self._prepare()
        if self.wish.is_demo:
            self._start_mail()
        web = Child("web", self._python("samspel.config.web", self.wish.host, str(self.wish.port)), limit=15)
        self._add(web)
        self._wait_for_first_answer(web)
        for lane in LANES:
            start = self._python("samspel.config.worker", lane)
            self._add(Child(f"worker {lane}", start, limit=JOBS_END_WITHIN))
        self._tell()

    def _start_database(self) -> None:
        server = launch(self.home)
        child = Child("database", lambda: launch(self.home).process, stop_signal=signal.SIGINT, limit=60)
        child.process = server.process
        self._add(child, is_started=True)
        wait_until_ready(server, self.home, lambda: self.signals.goes_on)
        self._heed()

    def _prepare(self) -> None:
        database = database_settings({**self.environ, "SAMSPEL_POOL": "0"})
        if prepared.is_prepared(self.home, is_demo=self.wish.is_demo, database=database):
            return
        preparing = Child("preparing", self._python("samspel.config.prepare", *(["--demo"] * self.wish.is_demo)))
        self._add(preparing)
        while not preparing.has_ended:
            self.signals.nap(1)
            self._heed()
        self.children.remove(preparing)
        if preparing.process is not None and preparing.process.returncode != 0:
            raise Refused("Samspel was not started, since preparing its home did not succeed.")

    def _start_mail(self) -> None:
        """The demo's own mail server, before anything can write to it; settings read its port from the home."""
        port = ports.free(demo_mail.HOST)
        self.home.write(demo_mail.NOTE, {"port": port})
        self._add(Child("mail", self._python("samspel.config.demo_mail", str(port)), limit=5))

    def _wait_for_first_answer(self, web: Child) -> None:
        until = time.monotonic() + FIRST_ANSWER_WITHIN
        while not ports.answers(self.wish.host, self.wish.port):
            self.signals.nap(0.05)
            self._heed()
            if web.has_ended:
                raise Refused("The web server did not start.")
            if time.monotonic() > until:
                raise Refused(f"The web server did not answer within {FIRST_ANSWER_WITHIN} seconds.")

    def _watch(self) -> int:
        while self.signals.goes_on:
            self.signals.nap(1)
            if self.signals.goes_on:
                self._mend()
        return 0

    def _mend(self) -> None:
        """Start again what ended by itself. Raises Refused when it ends again and again."""
        now = time.monotonic()
        for child in self.children:
            if child.has_ended:
                tell(f"{child.name} ended by itself and is started again.")
                if not child.has_hope(now):
                    raise Refused(f"{child.name} ended again and again, so Samspel was stopped.")
            if child.is_due(now):
                child.run()
                self._note()

    def _add(self, child: Child, *, is_started: bool = False) -> None:
        self.children.append(child)
        if not is_started:
            child.run()
        self._note()

    def _note(self) -> None:
        """Write down who the children are, for the next start after a crash."""
        numbers = [child.process.pid for child in self.children if child.process and child.name != "database"]
        self.home.write(NOTE, {"children": [known for number in numbers if (known := identity(number))]})

    def _stop(self) -> None:
        """Web first, so that nobody begins anything; then the workers, whom they mail to, and the database last."""
        web = [child for child in self.children if child.name in ("web", "preparing")]
        workers = [child for child in self.children if child.name.startswith("worker")]
        mail = [child for child in self.children if child.name == "mail"]
        database = [child for child in self.children if child.name == "database"]
        for group in (web, workers, mail, database):
            if group is database and database:
                wait_for_guests(self.home, within=COMMANDS_END_WITHIN)
            for child in group:
                child.ask_to_stop()
            for child in group:
                child.wait_or_kill()
        self.home.write(NOTE, {"children": []})

    def _heed(self) -> None:
        if self.signals.asked_to_stop:
            raise _AskedToStop

    def _python(self, module: str, *arguments: str) -> Start:
        return spawner([sys.executable, "-m", module, *arguments], self.environ)

    def _tell(self) -> None:
        tell(f"Samspel runs at {self.wish.address}")
        if self.wish.is_demo:
            tell("This is a demo: the programme in it is invented, and so are its people.")
            tell(f"Log in as anyone of them at {self.wish.address}konto/demo/")
            tell(f"What it sends by mail comes to {self.wish.address}arbete/post/")
        else:
            tell(f"People who are registered log in with a code by mail at {self.wish.address}konto/login/")
        tell("Stop with Ctrl-C.")


class _AskedToStop(Exception):
    """A signal came before everything was up."""


def tell(line: str) -> None:
    """Say it to whoever started us."""
    print(line, flush=True)
