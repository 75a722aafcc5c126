"""What the database itself holds of forms, beside what the operations ask."""

import pgtrigger


def append_only(name: str) -> list[pgtrigger.Trigger]:
    """Rows are written once: never changed, never taken away one by one."""
    func = "RAISE EXCEPTION 'what was written is kept';"
    return [
        pgtrigger.Trigger(
            name=f"{name}_not_changed",
            operation=pgtrigger.Update,
            level=pgtrigger.Row,
            when=pgtrigger.Before,
            func=func,
        ),
    ]


def frozen_when_published(name: str) -> pgtrigger.Trigger:
    """A published version keeps its words for good: answers are pinned to it."""
    return pgtrigger.Trigger(
        name=f"{name}_frozen",
        operation=pgtrigger.Update,
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        condition=pgtrigger.Q(old__published_at__isnull=False)
        & (
            pgtrigger.Q(old__body__df=pgtrigger.F("new__body"))
            | pgtrigger.Q(old__digest__df=pgtrigger.F("new__digest"))
        ),
        func="RAISE EXCEPTION 'a published version is not changed';",
    )
