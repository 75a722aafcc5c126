"""`samspel bounces`: every shape of file, counted once, told to people and programs."""

from __future__ import annotations

import json
import mailbox

import pytest

from samspel.config.cli.bounces import _mails
from samspel.config.refused import Refused

ONE, TWO = b"Subject: ett\n\nHej\n", b"Subject: tv\xc3\xa5\n\nd\xc3\xa5\n"


def test_an_mbox_a_maildir_a_folder_and_a_single_mail_are_read(tmp_path):
    mbox = mailbox.mbox(str(tmp_path / "box"))
    maildir = mailbox.Maildir(str(tmp_path / "dir"))
    for box in (mbox, maildir):
        box.add(ONE)
        box.add(TWO)
        box.flush()
    folder = tmp_path / "folder" / "inside"
    folder.mkdir(parents=True)
    (folder / "a.eml").write_bytes(ONE)
    (folder / "b.eml").write_bytes(TWO)

    for path in (tmp_path / "box", tmp_path / "dir", tmp_path / "folder"):
        assert sorted(_mails(path)) == sorted([ONE, TWO])
    assert list(_mails(folder / "a.eml")) == [ONE]


def test_a_folder_without_a_mail_is_refused_in_words(tmp_path):
    with pytest.raises(Refused, match="There is no mail"):
        list(_mails(tmp_path))


def test_what_was_taken_in_is_told_as_json_and_the_same_file_again_counts_once(migrated_home, tmp_path):
    mail = tmp_path / "studs.eml"
    mail.write_bytes(
        b"From: MAILER-DAEMON@mx.example\nMessage-ID: <a@mx.example>\n\n"
        b"<astrid@kommunen.example>: 550 5.1.1 no such user\n"
    )

    first = migrated_home.samspel("bounces", "--json", str(mail), str(mail))

    assert first.returncode == 0, first.stderr
    told = json.loads(first.stdout)
    assert (told["mails"], told["bounce"], told["repeats"], told["ours"], told["unknown"]) == (2, 1, 1, 0, 1)
    assert "known already" in migrated_home.samspel("bounces", str(mail)).stdout
    assert migrated_home.samspel("bounces", str(tmp_path / "not-there")).returncode == 2
