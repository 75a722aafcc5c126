"""A small world with one of each thing that decides who gets a letter, and an oracle that says who should.

The oracle goes through the same rows one by one in plain Python, and knows nothing of the queries.
"""

from datetime import date, timedelta
from types import SimpleNamespace

from samspel.accounts.models import Person
from samspel.letters.models import ListRow, NamedList, Unsubscribed
from samspel.post.models import AddressTrouble
from samspel.registry.models import (
    Appointment,
    County,
    Municipality,
    Organizer,
    OrganizerMember,
    Role,
    SchoolUnit,
    SchoolUnitForm,
    StandIn,
    University,
)
from samspel.schemes.models import Edition, Scheme
from samspel.selection.models import Offer, Round
from tests.casefiles.conftest import make_organizer
from tests.letters.conftest import AT, TODAY, person_with

DAY = timedelta(days=1)
EARLIER = date(2020, 1, 1)


def appoint(person, role, **where):
    """In force from long ago unless something else is said."""
    return Appointment.objects.create(person=person, role=role, **{"from_on": EARLIER} | where)


def stand_in(appointment, deputy, **more):
    """In force today unless something else is said."""
    given = {"from_on": TODAY - DAY, "to_on": TODAY + DAY, "set_at": AT} | more
    return StandIn.objects.create(appointment=appointment, deputy=deputy, **given)


def make_world():
    """Six organizers, a university, people in every case, two lists, and offers of two rounds."""
    counties = list(County.objects.order_by("code")[:3])
    # Those of the official register would only make the oracle slow.
    Organizer.objects.update(ended_on=EARLIER)
    a, b, c, d, e, gone = (make_organizer(place) for place in range(1, 7))
    _describe(counties, a, b, c, d, e, gone)
    university = University.objects.create(slug="larosatet", name="Lärosätet", sort_key="larosatet")
    who = {name: person_with(name=name) for name in ("Ada", "Bo", "Cia", "Dan", "Eva", "Fia", "Gun", "Hal", "Ivo")}
    for name in ("Jon", "Kim", "Lo"):
        who[name] = person_with(name=name)
    _appoint(who, university, a, b, c, d, gone)
    Organizer.objects.filter(pk=a.pk).update(official_email="Kommun.A@example.org", postal_address="A-gatan 1")
    Organizer.objects.filter(pk=b.pk).update(official_email=who["Bo"].email, postal_address="B-gatan 1")
    Organizer.objects.filter(pk=c.pk).update(postal_address="C-gatan 1")
    Organizer.objects.filter(pk=e.pk).update(official_email="e@example.org")
    Organizer.objects.filter(pk=gone.pk).update(official_email="gone@example.org")
    Person.objects.filter(pk=who["Ivo"].pk).update(is_active=False)
    Person.objects.filter(pk=who["Cia"].pk).update(is_protected=True)
    AddressTrouble.objects.create(address=who["Ada"].email, hard_at=AT)
    AddressTrouble.objects.create(address=who["Lo"].email, hard_at=AT)
    AddressTrouble.objects.create(address="e@example.org", soft_at=AT, soft_count=1)
    Unsubscribed.objects.create(address=who["Bo"].email, at=AT, way="page")
    lists = _lists(who, a, c, gone)
    offers(a, b, c, d)
    return SimpleNamespace(lists=lists, who=who, counties=counties, university=university, a=a, b=b, c=c, d=d, e=e)


def _describe(counties, a, b, c, d, e, gone):
    served = Municipality.objects.filter(county=counties[2]).first()
    Organizer.objects.exclude(pk=None).update(county=counties[0])
    Organizer.objects.filter(pk=b.pk).update(type="private", county=counties[1])
    Organizer.objects.filter(pk=c.pk).update(type="region", county=counties[1])
    Organizer.objects.filter(pk=e.pk).update(type="municipal_federation")
    Organizer.objects.filter(pk=gone.pk).update(ended_on=TODAY)
    OrganizerMember.objects.create(organizer=e, municipality=served, source="test")
    unit_of(a, "GR", "10000001")
    unit_of(b, "GY", "10000002")
    unit_of(c, "GR", "10000003", status="ended", ended_on=TODAY)
    unit_of(d, "GR", "10000004")


def unit_of(organizer, form, code, **more):
    """A unit with one school form."""
    unit = SchoolUnit.objects.create(
        code=code, name=code, sort_key=code, search_key=code, organizer=organizer, as_of=TODAY, **more
    )
    SchoolUnitForm.objects.create(unit=unit, form=form)


def _appoint(who, university, a, b, c, d, gone):
    absent = appoint(who["Ada"], Role.COORDINATOR, organizer=a)
    appoint(who["Bo"], Role.COORDINATOR, organizer=b, from_on=TODAY, to_on=TODAY)
    appoint(who["Cia"], Role.PRINCIPAL, organizer=b)
    appoint(who["Dan"], Role.COORDINATOR, organizer=c, to_on=TODAY - DAY)
    appoint(who["Eva"], Role.COORDINATOR, organizer=c, from_on=TODAY + DAY)
    appoint(who["Fia"], Role.COORDINATOR, organizer=gone)
    appoint(who["Gun"], Role.NETWORK_LEADER, university=university)
    appoint(who["Hal"], Role.PRINCIPAL, organizer=a, from_on=TODAY - 30 * DAY)
    closed = appoint(who["Ivo"], Role.COORDINATOR, organizer=d)
    appoint(who["Ada"], Role.PRINCIPAL, organizer=d)
    appoint(who["Lo"], Role.EDITOR)
    stand_in(absent, who["Jon"])
    stand_in(absent, who["Kim"], ended_at=AT)
    stand_in(absent, who["Dan"], from_on=TODAY + DAY)
    stand_in(closed, who["Hal"])


def _lists(who, a, c, gone):
    named = [
        NamedList.objects.create(name=name, purpose="Prov", review_on=TODAY + DAY, made_at=AT)
        for name in ("Första", "Andra")
    ]
    for person in ("Kim", "Ivo", "Ada"):
        ListRow.objects.create(list=named[0], person=who[person], added_at=AT)
    for organizer in (c, gone):
        ListRow.objects.create(list=named[0], organizer=organizer, added_at=AT)
    for address in ("Utifran@example.org", who["Hal"].email, who["Ivo"].email):
        ListRow.objects.create(list=named[1], address=address, name="Utifrån", added_at=AT)
    ListRow.objects.create(list=named[1], organizer=a, added_at=AT)
    return [str(one.key) for one in named]


def offers(a, b, c, d):
    """Offers of a published round, of another one, and of one that is not published."""
    schemes = [Scheme.objects.get_or_create(slug=slug, defaults=_named(slug))[0] for slug in ("prov-x", "prov-y")]
    editions = [
        Edition.objects.create(
            slug=f"{one.slug}-1", scheme=one, valid_from=EARLIER, document={}, digest="", loaded_at=AT
        )
        for one in schemes
    ]
    common = {"state": "accepted", "made_at": AT, "evaluation_closes_on": TODAY, "accepted_at": AT}
    first = Round.objects.create(slug="x1", title="X", edition=editions[0], published_at=AT, **common)
    second = Round.objects.create(slug="y1", title="Y", edition=editions[1], published_at=AT, **common)
    secret = Round.objects.create(slug="x2", title="X2", edition=editions[0], **common)
    _offer(first, a, response="accepted")
    _offer(first, b, response="declined")
    _offer(first, c, response="accepted", ended_on=TODAY)
    _offer(second, a)
    _offer(secret, d, response="accepted")


def _named(slug):
    return {"name_sv": slug, "name_en": slug}


def _offer(round, organizer, **more):
    order = Offer.objects.filter(round=round).count() + 1
    return Offer.objects.create(round=round, organizer=organizer, order=order, made_at=AT, **more)


# The oracle.


def should_get(audience, *, unsubscribed=()):
    """(mail address, or "organizer:<pk>" without one; "mail" or "paper") of everybody who is meant and reached."""
    found = {}
    for sign, paper in _meant(audience):
        found[sign] = found.get(sign) or paper
    for key in audience.get("without", {}).get("lists", []):
        for sign, _paper in _on_list(key):
            found.pop(sign, None)
    for address in unsubscribed:
        found.pop(address, None)
    bounced = {row.address for row in AddressTrouble.objects.all() if row.hard_at}
    reached = {sign: paper for sign, paper in found.items() if "@" in sign or paper}
    return {
        (sign, "paper" if "@" not in sign or (sign in bounced and paper) else "mail") for sign, paper in reached.items()
    }


def _meant(audience):
    roles = [one.split(":")[1] for one in audience.get("to", []) if one != "organizer"]
    filters, without = audience.get("filters", {}), audience.get("without", {})
    for one in Appointment.objects.select_related("person", "organizer"):
        if one.role not in roles or not _holds(one) or not _wanted(one, filters, without):
            continue
        paper = one.organizer.postal_address if one.organizer else ""
        if one.person.is_active:
            yield one.person.email, paper
        for row in one.stand_ins.all():
            if _holds(row) and row.ended_at is None and row.deputy.is_active:
                yield row.deputy.email, paper
    if "organizer" in audience.get("to", []):
        for organizer in Organizer.objects.all():
            if _is_wanted_officially(organizer, roles, filters, without):
                yield _official(organizer)
    for key in audience.get("lists", []):
        yield from _on_list(key)


def _holds(row):
    return row.from_on <= TODAY and (row.to_on is None or row.to_on >= TODAY)


def _wanted(one, filters, without):
    organizer = one.organizer
    if organizer and organizer.ended_on and organizer.ended_on <= TODAY:
        return False
    about_organizers = {name: values for name, values in filters.items() if name != "appointed_since"}
    if about_organizers and not (organizer and _fits(organizer, about_organizers)):
        return False
    if "appointed_since" in filters and one.from_on < date.fromisoformat(filters["appointed_since"][0]):
        return False
    return not (organizer and _is_left_out(organizer, without))


def _is_wanted_officially(organizer, roles, filters, without):
    about = {name: values for name, values in filters.items() if name != "appointed_since"}
    is_there = organizer.ended_on is None or organizer.ended_on > TODAY
    if not is_there or not _fits(organizer, about) or _is_left_out(organizer, without):
        return False
    return "appointed_since" not in filters or _has_new(organizer, filters["appointed_since"][0], roles)


def _has_new(organizer, since, roles):
    return any(
        _holds(one)
        and one.person.is_active
        and one.from_on >= date.fromisoformat(since)
        and (not roles or one.role in roles)
        for one in organizer.appointments.all()
    )


def _is_left_out(organizer, without):
    filters = dict(without.get("filters", {}))
    since = filters.pop("appointed_since", None)
    is_there = organizer.ended_on is None or organizer.ended_on > TODAY
    if (
        (filters or since)
        and _fits(organizer, filters)
        and (not since or _has_new(organizer, since[0], []))
        and is_there
    ):
        return True
    return any(row.organizer_id == organizer.pk for row in _rows(without.get("lists", [])))


def _rows(keys):
    return [row for row in ListRow.objects.select_related("list") if str(row.list.key) in keys]


def _fits(organizer, filters):
    tests = {
        "kind": lambda values: organizer.type in values,
        "county": lambda values: (
            organizer.county_id in values
            or any(member.municipality.county_id in values for member in organizer.memberships.all())
        ),
        "school_form": lambda values: any(
            form.form in values
            for unit in organizer.school_units.all()
            if unit.status != "ended" and not unit.ended_on
            for form in unit.forms.all()
        ),
        "no_coordinator": lambda _values: (
            not any(
                one.role == "coordinator" and _holds(one) and one.person.is_active
                for one in organizer.appointments.all()
            )
        ),
    }
    plain = {name: values for name, values in filters.items() if not name.startswith("selection.")}
    offered = {name: values for name, values in filters.items() if name.startswith("selection.")}
    if not all(tests[name](values) for name, values in plain.items()):
        return False
    return not offered or any(_offer_fits(offer, offered) for offer in organizer.offers.all())


def _offer_fits(offer, chosen):
    if offer.round.published_at is None:
        return False
    status = {"none": "none", "declined": "declined"}.get(offer.response)
    status = status or ("ended" if offer.ended_on and offer.ended_on <= TODAY else "supported")
    facts = {
        "selection.scheme": offer.round.edition.scheme_id,
        "selection.edition": offer.round.edition.slug,
        "selection.round": offer.round.slug,
        "selection.status": status,
    }
    return all(facts[name] in values for name, values in chosen.items())


def _official(organizer):
    return organizer.official_email.lower() or f"organizer:{organizer.pk}", organizer.postal_address


def _on_list(key):
    people = {person.email: person for person in Person.objects.all()}
    for row in _rows([key]):
        if row.organizer:
            if row.organizer.ended_on is None:
                yield _official(row.organizer)
            continue
        person = row.person or people.get(row.address.lower())
        if person is None or person.is_active:
            yield (person.email if person else row.address.lower()), ""


def signs(recipients):
    """Recipients as the oracle tells them."""
    emails = {person.pk: person.email for person in Person.objects.all()}
    official = {one.pk: one.official_email.lower() for one in Organizer.objects.all()}
    found = set()
    for one in recipients:
        known = one.address or (emails[one.person] if one.person else official.get(one.organizer) or one.key)
        found.add((known, "mail" if one.address else "paper"))
    return found
