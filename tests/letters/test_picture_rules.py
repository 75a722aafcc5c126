"""Pictures: made small, stripped of what they do not show, and refused in words when they are hostile."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from samspel.letters.rules import pictures


def drawn(width=64, height=48, kind="PNG", mode="RGB", colour="red", **more):
    out = io.BytesIO()
    Image.new(mode, (width, height), colour).save(out, kind, **more)
    return out.getvalue()


def png_of_size(width, height):
    """A PNG of a few bytes that says it is so large."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    dots = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", dots) + chunk(b"IEND", b"")


def opened(made):
    return Image.open(io.BytesIO(made.content))


def test_a_small_picture_keeps_its_size():
    made = pictures.make(drawn(64, 48))

    assert (made.ending, made.width, made.height, made.is_smaller) == ("png", 64, 48, False)
    assert opened(made).format == "PNG"


def test_a_wide_picture_is_made_small_enough_for_a_mail():
    made = pictures.make(drawn(4000, 3000, "JPEG"))

    assert (made.ending, made.width, made.height, made.is_smaller) == ("jpg", 1200, 900, True)


def test_a_heavy_drawing_becomes_a_light_photograph():
    noise = Image.effect_noise((1200, 1200), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "PNG")

    made = pictures.make(out.getvalue())

    assert made.ending == "jpg"
    assert len(made.content) < len(out.getvalue()) / 2


def test_where_and_with_what_it_was_taken_is_gone_and_it_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # taken with the camera on its side
    exif[0x010F] = "Kamera AB"
    exif.get_ifd(0x8825)[2] = (59.0, 20.0, 0.0)
    content = drawn(64, 48, "JPEG", exif=exif, comment=b"hemligt")

    made = pictures.make(content)

    assert b"Kamera AB" in content
    assert (made.width, made.height) == (48, 64)
    assert (dict(opened(made).getexif()), b"Kamera" in made.content, b"hemligt" in made.content) == ({}, False, False)


def test_what_is_hidden_behind_the_end_is_gone():
    made = pictures.make(drawn() + b"<script>alert(1)</script>")

    assert b"script" not in made.content


@pytest.mark.parametrize(
    ("kind", "mode", "colour"),
    [
        ("PNG", "P", 0),
        ("PNG", "RGBA", (255, 0, 0, 128)),
        ("PNG", "LA", (9, 9)),
        ("PNG", "I;16", 7),
        ("PNG", "1", 1),
        ("JPEG", "CMYK", (1, 2, 3, 4)),
        ("JPEG", "L", 9),
        ("GIF", "P", 0),
        ("WEBP", "RGBA", (1, 2, 3, 4)),
    ],
)
def test_every_usual_kind_becomes_one_that_mail_programs_show(kind, mode, colour):
    made = pictures.make(drawn(64, 48, kind, mode, colour))

    assert (opened(made).mode, opened(made).format) in (("RGB", "PNG"), ("RGB", "JPEG"))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"x" * (15 * 1024 * 1024 + 1), "too_large"),
        (b"%PDF-1.7", "no_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "no_picture"),
        (b"BM" + b"\0" * 100, "no_picture"),
        (png_of_size(50_000, 50_000), "too_many_dots"),
        (png_of_size(2**31 - 1, 2**31 - 1), "too_many_dots"),
        (png_of_size(4000, 4000), "broken"),
        (drawn(400, 400, "JPEG")[:500], "broken"),
        (drawn(8, 400), "too_small"),
        (b"\xff\xd8\xff" + b"\0" * 50, "no_picture"),
    ],
)
def test_what_is_no_picture_to_show_is_refused(content, code):
    with pytest.raises(pictures.PictureRefused) as refusal:
        pictures.make(content)

    assert refusal.value.code == code
