"""Blocks in one language, with what they point to: pictures, dates and promises, a query for each kind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from samspel.kernel.ui.dates import day_text
from samspel.letters.models import Picture, Promise, PromiseState
from samspel.letters.queries.handed import LiveBlock, live_sources
from samspel.letters.rules import documents, figures, rich_text
from samspel.letters.rules.documents import LIVE, PICTURE, PROMISE, TEXT, Block, LetterDocument
from samspel.letters.rules.rendering import Dated, Pictured, ShownBlock, web_block, with_levels

Then = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Found:
    """What the blocks of a letter point to, as it now stands: each by the block's `ref`."""

    dates: Mapping[str, LiveBlock]
    promises: Mapping[str, Promise]
    pictures: Mapping[str, Picture]


def shown(
    document: LetterDocument,
    language: str,
    at: datetime,
    *,
    said: Mapping[figures.Place, str],
    then: Then,
    as_sent: bool,
) -> tuple[ShownBlock, ...]:
    """The blocks in order. then: block key to what it said when the letter was sent; as_sent: show that."""
    found = _found(document, language, at)
    blocks = with_levels(_shown(document, language, found, said, then, as_sent))
    # Every tag in it is made there, and every word is escaped.
    return tuple(replace(block, html=mark_safe(web_block(block))) for block in blocks)


def then_of(document: LetterDocument, language: str, at: datetime) -> dict[str, dict[str, Any]]:
    """Block key to what its date or promise says at that moment, as data: kept with a letter when it is sent."""
    found = _found(document, language, at)
    kept = {}
    for block in document.blocks:
        if block.kind == LIVE and (date := found.dates.get(block.ref)):
            kept[block.key] = asdict(_dated(date))
        elif block.kind == PROMISE and (promise := found.promises.get(block.ref)):
            kept[block.key] = {"state": promise.state, "words": _promised(promise, language)}
    return kept


def with_words(block: Block, filled: Callable[[documents.Words], documents.Words]) -> Block:
    """A text with its words made anew; other blocks as they are."""
    return replace(block, words=filled(block.words)) if block.kind == TEXT else block


def _shown(
    document: LetterDocument,
    language: str,
    found: Found,
    said: Mapping[figures.Place, str],
    then: Then,
    as_sent: bool,
) -> Iterator[ShownBlock]:
    for block in document.blocks:
        before = then.get(block.key)
        if block.kind == TEXT:
            words = figures.put_in(block.words.in_language(language), said)
            made: ShownBlock | None = ShownBlock(block.key, TEXT, rich_text.read(words)) if words else None
        elif block.kind == PICTURE:
            made = _picture(block, language, found.pictures.get(block.ref))
        elif block.kind == LIVE:
            made = _live(block, found.dates.get(block.ref), before, as_sent)
        else:
            made = _promise(block, language, found.promises.get(block.ref), before, as_sent)
        if made:
            label = _("Changed since the letter was sent:") if made.changed else ""
            yield replace(made, changed_label=label, is_for_passing_on=block.is_for_passing_on)


def _picture(block: Block, language: str, picture: Picture | None) -> ShownBlock | None:
    if picture is None:
        return None
    words = block.words.in_language(language)
    address = reverse("letters:picture", args=[picture.key])
    label = _("Picture: %(words)s") % {"words": words}
    caption = block.caption.in_language(language)
    made = Pictured(str(picture.key), address, words, label, caption, picture.width, picture.height)
    return ShownBlock(block.key, PICTURE, picture=made)


def _live(block: Block, now: LiveBlock | None, before: Mapping[str, Any] | None, as_sent: bool) -> ShownBlock | None:
    then = Dated(**before) if before else None
    if now is None or (as_sent and then):
        return ShownBlock(block.key, LIVE, date=then) if then else None
    date = _dated(now)
    return ShownBlock(block.key, LIVE, date=date, changed=_changed(then, date) if then else "")


def _dated(live: LiveBlock) -> Dated:
    return Dated(live.title, live.when, live.where, live.status, live.address, live.is_cancelled)


def _changed(then: Dated, now: Dated) -> str:
    """What a reader of the letter should know has become otherwise."""
    if now.is_cancelled and not then.is_cancelled:
        return _("It has been cancelled.")
    said = []
    if now.when != then.when:
        said.append(_("A new time. It was %(before)s.") % {"before": then.when})
    if now.where != then.where:
        said.append(
            _("A new place. It was %(before)s.") % {"before": then.where} if then.where else _("The place is set.")
        )
    if now.title != then.title:
        said.append(_("It was called %(before)s.") % {"before": then.title})
    if now.status != then.status:
        said.append(_("It was said to be: %(before)s.") % {"before": then.status} if then.status else now.status + ".")
    if now.address != then.address and now.address:
        said.append(_("The link is new."))
    return " ".join(said)


def _promise(
    block: Block, language: str, promise: Promise | None, before: Mapping[str, Any] | None, as_sent: bool
) -> ShownBlock | None:
    if before and (as_sent or promise is None):
        return ShownBlock(
            block.key, PROMISE, rich_text.read(before["words"]), is_open=before["state"] == PromiseState.OPEN
        )
    if promise is None:
        return None
    words = rich_text.read(_promised(promise, language))
    changed = _come(promise) if before and before["state"] != promise.state else ""
    return ShownBlock(block.key, PROMISE, words, changed=changed, is_open=promise.state == PromiseState.OPEN)


def _promised(promise: Promise, language: str) -> str:
    """What is said until it comes, and then what came."""
    english = language == "en"
    if promise.state == PromiseState.FILLED:
        return (promise.filled_en if english else "") or promise.filled_sv
    said = (promise.words_en if english else "") or promise.words_sv
    if promise.state == PromiseState.DROPPED:
        return f"{said}\n\n{_('It will not come: %(reason)s') % {'reason': promise.reason}}"
    return said


def _come(promise: Promise) -> str:
    if promise.state == PromiseState.DROPPED:
        return _("What was promised will not come.")
    on = day_text(promise.ended_at) if promise.ended_at else ""
    return _("What was promised came on %(day)s.") % {"day": on}


def _found(document: LetterDocument, language: str, at: datetime) -> Found:
    refs = {kind: [block.ref for block in document.blocks if block.kind == kind] for kind in (LIVE, PROMISE, PICTURE)}
    return Found(
        dates=_dates(refs[LIVE], language, at),
        promises={str(one.key): one for one in Promise.objects.filter(key__in=_keys(refs[PROMISE]))}
        if refs[PROMISE]
        else {},
        pictures={str(one.key): one for one in Picture.objects.filter(key__in=_keys(refs[PICTURE]))}
        if refs[PICTURE]
        else {},
    )


def _dates(refs: Collection[str], language: str, at: datetime) -> dict[str, LiveBlock]:
    found = {}
    for source in live_sources:
        keys = [ref.partition(":")[2] for ref in refs if ref.partition(":")[0] == source.name]
        if keys:
            found.update({f"{source.name}:{key}": date for key, date in source.shown(keys, language, at).items()})
    return found


def _keys(refs: Collection[str]) -> list[UUID]:
    keys = []
    for ref in refs:
        try:
            keys.append(UUID(ref))
        except ValueError:
            continue
    return keys
