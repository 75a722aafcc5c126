"""Which version of the data reporting's public pages show."""

from __future__ import annotations

from samspel.kernel.kept import Versions
from samspel.registry.models import County, ImportedFile, Indicator, Municipality, Organizer, OrganizerMember
from samspel.schemes.models import Edition, Scheme
from samspel.selection.models import Exclusion, Offer, Round

# Every table that a public page or file of reporting reads.
READ = (
    *(Offer, Round, Exclusion),
    *(Scheme, Edition),
    *(Organizer, OrganizerMember, Municipality, County, ImportedFile, Indicator),
)

data_version = Versions(lambda: READ).now
