"""What the database itself holds of case files and documents, beside what the operations ask."""

import pgtrigger


def never_deleted(name: str) -> list[pgtrigger.Trigger]:
    """No row goes, neither one by one nor all in one stroke (row triggers do not see a truncate)."""
    func = "RAISE EXCEPTION 'what was registered is kept';"
    return [
        pgtrigger.Trigger(
            name=f"{name}_not_deleted",
            operation=pgtrigger.Delete,
            level=pgtrigger.Row,
            when=pgtrigger.Before,
            func=func,
        ),
        pgtrigger.Trigger(
            name=f"{name}_not_emptied",
            operation=pgtrigger.Truncate,
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            func=func,
        ),
    ]


def never_changed(name: str, *fields: str) -> pgtrigger.Trigger:
    """These columns keep what they were first given."""
    return pgtrigger.Trigger(
        name=f"{name}_not_changed",
        operation=pgtrigger.Update,
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        condition=pgtrigger.AnyChange(*fields),
        func="RAISE EXCEPTION 'what was registered is not changed';",
    )


def never_lowered(name: str, column: str) -> pgtrigger.Trigger:
    """A count of numbers given only rises, by one at a time."""
    return pgtrigger.Trigger(
        name=f"{name}_only_rises",
        operation=pgtrigger.Update,
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        func=f"""
            IF NEW.{column} NOT IN (OLD.{column}, OLD.{column} + 1) THEN
                RAISE EXCEPTION 'numbers are given one after the other';
            END IF;
            RETURN NEW;
        """,
    )
