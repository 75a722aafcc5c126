"""Two at one organizer pass the same letter on in the same moment: it goes once."""

import pytest
from django.utils import timezone

from samspel.letters.models import PassedTo, PassingOn
from samspel.letters.operations import freezing
from samspel.letters.operations.passing_on import PassingOnRefused, pass_on
from samspel.letters.operations.sending import recipients
from samspel.letters.queries import audiences
from samspel.letters.queries.passing_on import PRINCIPALS
from samspel.post.models import Message
from samspel.registry.models import Role
from tests.casefiles.conftest import make_organizer
from tests.letters.conftest import TO_COORDINATORS, at_organizer, make_letter, person_with
from tests.post.conftest import in_threads

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_several_at_once_one_passes_it_on():
    organizer = make_organizer(1)
    coordinators = [at_organizer(organizer, Role.COORDINATOR, f"Samordnare {place}") for place in range(4)]
    at_organizer(organizer, Role.PRINCIPAL, "Petra Rektor")
    officer, at = person_with(Role.EDUCATION_OFFICER, name="Ester"), timezone.now()
    letter = make_letter(by=officer, state="sent", slug="brev-2026", sent_at=at)
    recipients.write(
        letter, audiences.recipients(TO_COORDINATORS, at), freezing.freeze(letter, at=at), by=officer, at=at
    )

    waiting = list(coordinators)

    def passes():
        given = {"letter": letter, "passer": PRINCIPALS, "place": f"organizer:{organizer.pk}", "greeting": ""}
        try:
            return bool(pass_on(**given, by=waiting.pop(), at=at))
        except PassingOnRefused as refusal:
            return refusal.code

    ends = in_threads(4, passes)

    assert sorted(map(str, ends)) == ["True", "done_already", "done_already", "done_already"]
    assert (PassingOn.objects.count(), PassedTo.objects.count()) == (1, 1)
    assert Message.objects.filter(kind="letters.passed_on").count() == 1
