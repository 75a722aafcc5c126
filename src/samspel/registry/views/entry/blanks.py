"""What an authorization must say, on the page and on the blank that is printed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _


def must_say(organization: str) -> list[str]:
    """What has to stand on the paper, as sentences."""
    return [
        _("that %(organization)s names the person as its administrator in Samspel") % {"organization": organization},
        _("her name, her own mail address at work, and her title or function"),
        _("the signature of somebody who may sign for the organization, the name in clear letters, and as what"),
        _("place and day"),
    ]


def authorization(name: str, number: str) -> dict[str, Any]:
    """The blank's words: title, place, sections with lines and what is filled in by hand."""
    place = [[_("Organization"), name]] + ([[_("Organization number"), number]] if number else [])
    return {
        "title": _("Authorization for an administrator in Samspel"),
        "foot": _("Samspel: authorization for an administrator"),
        "place": place,
        "sections": [
            {
                "heading": _("Who is named"),
                "lines": [
                    _("The organization names this person as its administrator in Samspel."),
                ],
                "blanks": [_("Name"), _("Mail address"), _("Telephone"), _("Title or function")],
            },
            {
                "heading": _("What she may do"),
                "lines": [
                    _(
                        "She may, for the organization, appoint, replace and end those who hold its tasks in Samspel, "
                        "and invite others to it. She may not sign agreements or decide on money by this paper alone."
                    ),
                    _("The authorization holds until the organization names somebody else or takes it back."),
                ],
                "blanks": [],
            },
            {
                "heading": _("Signature"),
                "lines": [_("Signed by somebody who may sign for the organization.")],
                "blanks": [_("Place and day"), _("Signature"), _("Name in clear letters"), _("Task")],
            },
        ],
    }
