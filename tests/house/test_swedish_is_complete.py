"""Swedish is whole: every message of the program has it, with the same placeholders, and no app contradicts another."""

from babel.messages.catalog import Catalog

from samspel.config import translations


def test_every_message_has_swedish_that_is_no_guess():
    assert translations.faults() == []


def test_a_catalogue_is_told_of_every_kind_of_fault():
    catalogue = Catalog(locale="sv")
    catalogue.add("Empty")
    catalogue.add("Guess", "Gissning", flags=["fuzzy"])
    catalogue.add("%(count)s rows", "%(antal)s rader", flags=["python-format"])
    catalogue.add(("%(n)s row", "%(n)s rows"), ("En rad", "%(n)s rader"), flags=["python-format"])

    found = {str(entry.id): list(translations._faults_in(entry)) for entry in catalogue if entry.id}

    assert found == {
        "Empty": ["nothing stands"],
        "Guess": ["a guess (fuzzy) stands"],
        "%(count)s rows": ["other placeholders stand", "unknown placeholders stand"],
        "('%(n)s row', '%(n)s rows')": [],
    }
