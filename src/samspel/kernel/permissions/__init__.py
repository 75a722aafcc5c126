"""Who may do what: each app's table of deeds, the roles people hold, and the gate that every operation passes.

The kernel knows neither roles nor people: `role_resolvers` and `role_names` are handed in by the apps that keep
appointments, `tables` by every app that has deeds.
"""

from samspel.kernel.permissions.denials import DeniedInWords, require
from samspel.kernel.permissions.holdings import (
    AGENCY,
    Holding,
    Place,
    PlaceNames,
    RoleResolver,
    holding_only,
    holdings_of,
    holds,
    holds_anywhere,
    names_of_places,
    names_of_roles,
    place_names,
    places_of,
    role_names,
    role_resolvers,
)
from samspel.kernel.permissions.levels import LEVEL, LEVEL_NAMES, Level, LevelTooLow, level_of, require_level
from samspel.kernel.permissions.looking import Look, OnlyLooking, PrivateZone, is_looked_at, private_zone
from samspel.kernel.permissions.tables import (
    ANY_STATE,
    ANYBODY,
    HERSELF,
    LOGGED_IN,
    NO_ROLES,
    THE_SYSTEM,
    Deed,
    Table,
    tables,
)

__all__ = [
    "AGENCY",
    "ANYBODY",
    "ANY_STATE",
    "HERSELF",
    "LEVEL",
    "LEVEL_NAMES",
    "LOGGED_IN",
    "NO_ROLES",
    "THE_SYSTEM",
    "Deed",
    "DeniedInWords",
    "Holding",
    "Level",
    "LevelTooLow",
    "Look",
    "OnlyLooking",
    "Place",
    "PlaceNames",
    "PrivateZone",
    "RoleResolver",
    "Table",
    "holding_only",
    "holdings_of",
    "holds",
    "holds_anywhere",
    "is_looked_at",
    "level_of",
    "names_of_places",
    "names_of_roles",
    "place_names",
    "places_of",
    "private_zone",
    "require",
    "require_level",
    "role_names",
    "role_resolvers",
    "tables",
]
