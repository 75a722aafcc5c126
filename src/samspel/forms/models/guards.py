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


def frozen_when_submitted(name: str) -> pgtrigger.Trigger:
    """What was submitted stands as it was; its values are emptied when their time is over, and never become others."""
    return pgtrigger.Trigger(
        name=f"{name}_frozen",
        operation=pgtrigger.Update,
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        condition=pgtrigger.Condition(
            """((OLD."values" IS DISTINCT FROM NEW."values" AND NEW."values" <> '{}'::jsonb)"""
            " OR OLD.digest <> NEW.digest OR OLD.answer_id <> NEW.answer_id OR OLD.number <> NEW.number"
            " OR OLD.revision <> NEW.revision OR OLD.took_part IS DISTINCT FROM NEW.took_part"
            " OR OLD.kept_findings IS DISTINCT FROM NEW.kept_findings"
            " OR OLD.submitted_at <> NEW.submitted_at OR OLD.submitted_by <> NEW.submitted_by)"
        ),
        func="RAISE EXCEPTION 'what was submitted is not changed';",
    )
