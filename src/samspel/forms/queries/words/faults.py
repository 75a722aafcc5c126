"""What is wrong in a definition, told to whoever edits it."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

FAULTS: Final[dict[str, Any]] = {
    # The whole
    "format": _("The first line must say format = \"samspel.form/1\"."),
    "slug": _("The form’s address is made of lowercase letters a–z, digits and hyphens, and begins with a letter: "
              "“%(detail)s” does not."),
    "no_sections": _("Add a section with a question: a form with none asks nothing."),
    "no_questions": _("Add a question: a form with none asks nothing."),
    "too_many_questions": _("A form has at most %(detail)s questions. Divide it into two forms."),
    "needs_a_purpose": _("Say what the personal data are for, when there is a time to keep them."),
    # Single values
    "not_a_table": _("A table of words is expected here."),
    "not_a_list": _("A list is expected here."),
    "not_words": _("Text is expected here."),
    "not_one_of": _("“%(detail)s” is not among what can be chosen here."),
    "not_yes_or_no": _("Write true or false here."),
    "not_a_number_between": _("Write a whole number within %(detail)s."),
    "not_a_name": _("“%(detail)s” is no name: lowercase letters a–z, digits, points, hyphens and low lines."),
    "not_plain": _("Only text, numbers, lists and tables can stand here, at most eight deep."),
    "unknown_word": _("“%(detail)s” means nothing here. Take it away, or check how it is spelt."),
    "does_not_belong": _("This does not belong to a question of this type. Take it away, or choose another type."),
    "needs_swedish": _("Write it in Swedish; English may be left out."),
    "too_long_text": _("Shorten this to at most %(detail)s characters."),
    "unfit_signs": _("There are signs here that cannot be kept. Write the text anew."),
    "too_many": _("At most %(detail)s can stand here. Take some away."),
    "key": _("“%(detail)s” is no key: it is made of lowercase letters a–z, digits and low lines, and begins with a "
             "letter."),
    "key_twice": _("The key “%(detail)s” stands more than once. Give each its own."),
    # Types
    "needs_options": _("Add answers to choose between."),
    "needs_columns": _("Add the table’s columns."),
    "needs_an_indicator": _("Choose the indicator whose figures are fetched."),
    "fixed_needs_prefill": _("What cannot be changed must be filled in from somewhere: choose from where, or let it be "
                             "written."),
    "unknown_source": _("There is nowhere called “%(detail)s” to fill in from. Choose one of those that are listed."),
    "limit": _("“%(detail)s” is no limit for this type of question."),
    "least_above_most": _("The lowest is above the highest: %(detail)s."),
    "scale_needs_ends": _("Say at which step the scale begins and at which it ends."),
    "scale_steps": _("Let the scale have from 2 to %(detail)s steps, within −1000 and 1000."),
    "sum_leads_nowhere": _("The sum must be of a summed column of this table, and be held against a question of the "
                           "same type: %(detail)s is not."),
    # Conditions
    "not_a_condition": _("A condition names a question and one thing to ask of it, such as "
                         "{ question = \"need\", is = \"high\" }."),
    "condition_too_deep": _("A condition has at most %(detail)s steps within each other. Make it simpler."),
    "no_such_question": _("The condition asks about “%(detail)s”, which is no question in this form."),
    "no_such_option": _("The condition asks for an answer that cannot be chosen: %(detail)s."),
    "value_does_not_fit": _("The condition asks for something that can never be answered: %(detail)s."),
    "test_does_not_fit": _("That cannot be asked of a question of that type: %(detail)s."),
    "loop": _("These questions wait for each other, so none of them is ever asked: %(detail)s."),
}  # fmt: skip
