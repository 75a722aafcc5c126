"""Answers are begun: by whom, about what, pinned to which version, with who takes part."""

from samspel.forms.models import AnswerState, Participant


def test_an_answer_is_pinned_to_the_version_in_use_with_those_who_take_part(answer, version, writer, submitter):
    assert (answer.version, answer.state, answer.revision) == (version, AnswerState.WRITING, 0)
    assert set(Participant.objects.filter(answer=answer).values_list("person__name", "deed")) == {
        ("Wilma Rektor", "write"),
        ("Didrik Utvecklare", "write"),
        ("Sara Samordnare", "submit"),
        ("Petra Processtöd", "comment"),
    }
