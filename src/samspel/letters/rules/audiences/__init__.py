"""Who a letter is for, as data: roles and official addresses, narrowed by filters; named lists; and who is left out."""

from samspel.letters.rules.audiences.parts import OFFICIAL, Audience, AudienceRefused, LeftOut
from samspel.letters.rules.audiences.reading import as_data, read

__all__ = ["OFFICIAL", "Audience", "AudienceRefused", "LeftOut", "as_data", "read"]
