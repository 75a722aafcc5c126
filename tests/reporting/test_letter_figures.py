"""What a letter says of the public lists is what they show."""

from samspel.letters.queries import figures
from samspel.letters.rules import documents
from tests.reporting.conftest import NOW


def test_a_letter_counts_organizers_with_support_as_the_list_does(client, programme):
    letter = documents.read({"subject": {"sv": "{{huvudman_med_stod}} huvudmän"}})
    figure = figures.found(letter, NOW)["huvudman_med_stod"]

    shown = client.get(figure.address).context["table"].page.paginator.count
    assert figure.value == shown > 0
