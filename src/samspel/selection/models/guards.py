"""What the database itself holds of a round, beside what the operations ask."""

import pgtrigger


def never_emptied(name: str) -> pgtrigger.Trigger:
    """A table is not emptied in one stroke: row triggers do not see a truncate."""
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        func="RAISE EXCEPTION 'what a round came to is kept';",
    )
