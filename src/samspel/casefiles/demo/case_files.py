"""Case files of the demo: letters in and out, file notes, one secret document, a wrong entry, one closed.

All of it by the operations, by the demo's people, about invented organizers. The rounds' own case files come with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from samspel.accounts.models import Person
from samspel.casefiles.models import CaseFile, Document
from samspel.casefiles.operations import casefiles, corrections, documents, notes
from samspel.casefiles.operations.documents import Upload
from samspel.kernel.audit import SYSTEM
from samspel.kernel.documents import pdf
from samspel.registry.models import Appointment, Authorization, Organizer, Role
from samspel.registry.operations import authorizations

LETTER = "casefiles/documents/letter.typ"
ORIGIN = "casefiles.demo"
SATURDAY = 5


@dataclass(frozen=True)
class _Stage:
    """Who acts, and when the demo is filled."""

    officer: Person
    registrar: Person
    at: datetime

    def day(self, days_ago: int, hour: int = 10, minute: int = 0) -> datetime:
        """A time of a working day so many days ago, or the Friday before."""
        day = timezone.localdate(self.at) - timedelta(days=days_ago)
        while day.weekday() >= SATURDAY:
            day -= timedelta(days=1)
        return datetime.combine(day, time(hour, minute), tzinfo=timezone.get_current_timezone())


def fill(at: datetime | None = None) -> None:
    """Add the case files that are not there, and nothing twice."""
    people = _holders()
    if Role.EDUCATION_OFFICER not in people or Role.REGISTRAR not in people:
        return
    stage = _Stage(people[Role.EDUCATION_OFFICER], people[Role.REGISTRAR], at or timezone.now())
    organizers = {one.name: one for one in Organizer.objects.filter(is_invented=True)}
    _authorizations(stage, organizers)
    # The oldest first, so that numbers follow days.
    for name, made in (
        ("closed", _closed),
        ("letters", _letters),
        ("secret", _secret),
        ("notes", _notes),
        ("new", _new),
    ):
        if not Document.objects.filter(origin=f"{ORIGIN}:{name}").exists():
            made(stage, organizers, f"{ORIGIN}:{name}")


def _authorizations(stage: _Stage, organizers: Mapping[str, Organizer]) -> None:
    """A paper that was refused and one that waits, each with its case file."""
    organizer = organizers.get("Öjeforsens kommun")
    if organizer is None or Authorization.objects.exists():
        return
    refused = _authorization(organizer, "Fullmakten saknar underskrift.", stage.day(16, 9, 2))
    authorizations.refuse(
        authorization=refused, reason="Fullmakten saknar underskrift.", by=stage.officer, at=stage.day(14, 11, 45)
    )
    _authorization(organizer, "Undertecknad av förvaltningschefen.", stage.day(2, 13, 25))


def _authorization(organizer: Organizer, said: str, at: datetime) -> Authorization:
    title = f"Fullmakt för administratör, {organizer.name}"
    return authorizations.submit(
        organizer=organizer,
        content=_paper(title, [said], organizer.name, at),
        file_name="fullmakt.pdf",
        name="Ebba Rosén",
        email="ebba.rosen@ojeforsen.example",
        title="Utvecklingsledare",
        signed_by="Förvaltningschefen",
        by=SYSTEM,
        at=at,
    )


def _holders() -> dict[str, Person]:
    held = Appointment.objects.filter(person__is_invented=True, organizer=None, university=None)
    return {one.role: one.person for one in held.select_related("person").order_by("-id")}


def _closed(stage: _Stage, organizers: Mapping[str, Organizer], origin: str) -> None:
    """A question from outside, answered and closed."""
    at = stage.day(64, 9, 12)
    case_file = _opened(stage, "ALM", "Begäran om uppgifter om stödprogrammen", at, ["Stiftelsen Skolforskarna"])
    asked = "Vi ber att få de uppgifter om stödprogrammen som är offentliga, för en studie av samordnarnas arbete."
    _letter(
        stage,
        case_file,
        "in",
        "Begäran om uppgifter",
        [asked],
        at,
        counterpart="Stiftelsen Skolforskarna",
        origin=origin,
    )
    at = stage.day(60, 13, 40)
    told = "Här är de offentliga protokollen och listan över huvudmän som har erbjudits stöd."
    _letter(stage, case_file, "out", "Svar på begäran", [told], at, counterpart="Stiftelsen Skolforskarna")
    casefiles.close(case_file=case_file, reason="Begäran är besvarad i sin helhet.", by=stage.officer, at=at)


def _letters(stage: _Stage, organizers: Mapping[str, Organizer], origin: str) -> None:
    """An organizer's case file with letters both ways and a call."""
    organizer = organizers.get("Björkforsens kommun")
    if organizer is None:
        return
    at = stage.day(40, 8, 55)
    case_file = _opened(stage, "SAM", f"Samordnare för skolutveckling, {organizer.name}", at, [organizer])
    lines = ["Vi har delat uppdraget på två samordnare och undrar hur det redovisas.", "Utbildningsnämnden"]
    _letter(
        stage, case_file, "in", "Fråga om delat uppdrag som samordnare", lines, at, organizer=organizer, origin=origin
    )
    at = stage.day(37, 15, 20)
    lines = ["Två kan dela uppdraget. Ange andel av heltid och mandat för var och en.", "Skolverket"]
    _letter(stage, case_file, "out", "Svar om delat uppdrag", lines, at, organizer=organizer)
    notes.note(
        case_file=case_file,
        organizer=organizer,
        words="Ringde för att höra om svaret kommit fram. Det har det; andelarna förs in den här veckan.",
        said_by="Utvecklingsledaren",
        said_on=timezone.localdate(stage.day(30)),
        proof="Ringde upp via växeln.",
        by=stage.officer,
        at=stage.day(30, 10, 5),
    )


def _secret(stage: _Stage, organizers: Mapping[str, Organizer], origin: str) -> None:
    """A letter on paper about pupils, with a secrecy mark; and a wrong entry, which stays."""
    organizer = organizers.get("Almviks kommun")
    if organizer is None:
        return
    at = stage.day(22, 11, 30)
    case_file = _opened(stage, "ALM", f"Synpunkter på stödet till en skola, {organizer.name}", at, [organizer])
    lines = ["Brevet beskriver enskilda elevers förhållanden. Allt i det är påhittat."]
    _letter(
        stage,
        case_file,
        "in",
        "Brev med synpunkter",
        lines,
        at,
        channel="post",
        counterpart="Vårdnadshavare",
        is_secret=True,
        secrecy_ground="23 kap. OSL: uppgifter om enskilda elever",
        said_by="Vårdnadshavare",
        said_on=timezone.localdate(at),
        proof="Inskannat brev med underskrift; pappret ligger i akten.",
        origin=origin,
    )
    wrong = _letter(stage, case_file, "in", "Inbjudan till konferens", ["Välkommen!"], at, counterpart="En arrangör")
    corrections.misregister(document=wrong, because="Inbjudan ska inte diarieföras.", by=stage.registrar, at=at)


def _notes(stage: _Stage, organizers: Mapping[str, Organizer], origin: str) -> None:
    """A call and a visit, in a general case file that the first opened."""
    organizer = organizers.get("Granviks kommun")
    if organizer is None:
        return
    said = [
        ("phone", "Samordnaren", "Undrar när höstens nätverksträffar är. Hänvisade till kalendern.", 12),
        ("visit", "Skolchefen", "Besök på förvaltningen. Vill att ersättaren bjuds in redan till nästa träff.", 5),
    ]
    for channel, said_by, words, days_ago in said:
        at = stage.day(days_ago, 14, 15)
        given = {"words": words, "said_by": said_by, "said_on": timezone.localdate(at), "channel": channel}
        made = notes.note(organizer=organizer, by=stage.officer, at=at, **given)
    case_file = made.case_file
    casefiles.hand_over(case_file=case_file, handler=stage.officer.key, by=stage.registrar, at=stage.day(5, 16))
    told = ["Sammanfattning av samtalet och besöket, för den som tar över."]
    _letter(stage, case_file, "drawn_up", "Sammanfattning", told, stage.day(5, 16), origin=origin)


def _new(stage: _Stage, organizers: Mapping[str, Organizer], origin: str) -> None:
    """One that nobody handles yet."""
    organizer = organizers.get("Åkersunda kommun")
    if organizer is None:
        return
    at = stage.day(1, 8, 20)
    case_file = _opened(stage, "ALM", f"Fråga om kommande urval, {organizer.name}", at, [organizer], is_handled=False)
    asked = ["När meddelas vilka huvudmän som erbjuds stöd nästa år?"]
    _letter(stage, case_file, "in", "Fråga om kommande urval", asked, at, organizer=organizer, origin=origin)


def _opened(
    stage: _Stage, series: str, title: str, at: datetime, parties: list[Any], *, is_handled: bool = True
) -> CaseFile:
    handler = stage.officer.key if is_handled else None
    return casefiles.open_case(series=series, title=title, parties=parties, handler=handler, by=stage.registrar, at=at)


def _letter(
    stage: _Stage, case_file: CaseFile, direction: str, title: str, lines: list[str], at: datetime, **more: Any
) -> Document:
    """A letter as a PDF, registered the same day."""
    paper = _paper(title, lines, case_file.diary_number, at)
    upload = Upload(f"{title.lower().replace(' ', '-')}.pdf", paper)
    given = {"direction": direction, "kind": "letter", "channel": "mail", "title": title} | more
    return documents.register(
        case_file=case_file, on=timezone.localdate(at), upload=upload, by=stage.registrar, at=at, **given
    )


def _paper(title: str, lines: list[str], foot: str, at: datetime) -> bytes:
    """An invented letter as a PDF, which says so."""
    data = {"title": title, "lines": lines, "notice": "Demonstration: brevet är påhittat.", "foot": foot}
    return pdf(LETTER, data, "sv", at=at)
