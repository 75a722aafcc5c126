"""Two who wrote from the same letter: nothing of either is lost."""

from dataclasses import replace

from samspel.letters.rules import documents, merging
from samspel.letters.rules.documents import Block, LetterDocument, Signer, Words

BASE = LetterDocument(
    subject=Words("Ämne", "Subject"),
    blocks=(
        Block("a1", "text", Words("Ett", "One")),
        Block("b2", "text", Words("Två", "Two")),
        Block("c3", "text", Words("Tre", "Three")),
    ),
    signers=(Signer("Ester"),),
)


def with_words(document, key, sv):
    blocks = [replace(one, words=replace(one.words, sv=sv)) if one.key == key else one for one in document.blocks]
    return replace(document, blocks=tuple(blocks))


def with_order(document, *keys):
    by_key = {block.key: block for block in document.blocks}
    return replace(document, blocks=tuple(by_key.get(key) or Block(key, "text", Words(key)) for key in keys))


def keys(merged):
    return [block.key for block in merged.document.blocks]


def test_changes_in_different_places_are_put_together():
    mine = replace(with_words(BASE, "a1", "Mitt"), contact="a@example.org")
    theirs = replace(with_words(BASE, "b2", "Ditt"), subject=Words("Ditt ämne", "Subject"))

    merged = merging.merge(BASE, mine, theirs)

    together = with_words(with_words(BASE, "a1", "Mitt"), "b2", "Ditt")
    assert merged == merging.Merged(
        replace(together, contact="a@example.org", subject=Words("Ditt ämne", "Subject")), ()
    )


def test_the_languages_of_a_text_are_places_of_their_own():
    mine = with_words(BASE, "a1", "Mitt")
    theirs = replace(BASE, blocks=(Block("a1", "text", Words("Ett", "Theirs")), *BASE.blocks[1:]))

    assert merging.merge(BASE, mine, theirs).document.blocks[0].words == Words("Mitt", "Theirs")


def test_where_both_wrote_the_first_stands_and_the_other_comes_back():
    merged = merging.merge(BASE, with_words(BASE, "a1", "Mitt"), with_words(BASE, "a1", "Ditt"))

    assert merged == merging.Merged(
        with_words(BASE, "a1", "Ditt"), (merging.Clash("blocks/a1/words/sv", "Mitt", "Ditt"),)
    )


def test_the_same_change_twice_is_no_clash():
    both = with_words(BASE, "a1", "Samma")

    assert merging.merge(BASE, both, both) == merging.Merged(both, ())


def test_signers_of_both_are_kept():
    mine, theirs = replace(BASE, signers=(Signer("Love"),)), replace(BASE, signers=(Signer("Bodil"),))

    merged = merging.merge(BASE, mine, theirs)

    assert merged.document.signers == (Signer("Bodil"),)
    assert merged.clashes == (merging.Clash("signers", "Love", "Bodil"),)
    assert merging.take(merged.document, "signers", mine).signers == (Signer("Love"),)


def test_what_one_took_away_and_the_other_changed_stays():
    removed, changed = with_order(BASE, "a1", "c3"), with_words(BASE, "b2", "Nytt")

    assert merging.merge(BASE, removed, changed).document == changed
    assert merging.merge(BASE, changed, removed).document == changed
    assert keys(merging.merge(BASE, removed, BASE)) == ["a1", "c3"]


def test_a_new_block_stands_after_what_it_stood_after():
    mine, theirs = with_order(BASE, "a1", "m1", "b2", "c3"), with_order(BASE, "a1", "b2", "c3", "t1")

    assert keys(merging.merge(BASE, mine, theirs)) == ["a1", "m1", "b2", "c3", "t1"]


def test_who_moved_blocks_has_her_order_and_the_other_her_new_block():
    moved, added = with_order(BASE, "c3", "a1", "b2"), with_order(BASE, "a1", "n1", "b2", "c3")

    assert keys(merging.merge(BASE, moved, added)) == ["c3", "a1", "n1", "b2"]
    assert keys(merging.merge(BASE, added, moved)) == ["c3", "a1", "n1", "b2"]


def test_from_a_revision_nobody_knows_nothing_is_lost():
    mine = with_words(BASE, "a1", "Mitt")

    merged = merging.merge(LetterDocument(), mine, BASE)

    assert merged.document == BASE
    assert merged.clashes == (merging.Clash("blocks/a1/words/sv", "Mitt", "Ett"),)


def test_what_stands_aside_can_take_its_place_again():
    mine = with_words(BASE, "a1", "Mitt")

    assert merging.take(BASE, "blocks/a1/words/sv", mine) == mine
    assert merging.take(BASE, "blocks/gone/words/sv", mine) == BASE
    assert merging.take(BASE, "subject/sv", replace(mine, subject=Words("Nytt"))).subject == Words("Nytt", "Subject")


def test_differences_are_told_place_by_place():
    after = replace(with_words(BASE, "b2", "Nytt"), contact="a@example.org")

    assert merging.differences(BASE, after) == [
        ("blocks/b2/words/sv", "Två", "Nytt"),
        ("contact", "", "a@example.org"),
    ]
    assert documents.read(documents.as_data(after)) == after
