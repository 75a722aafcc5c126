"""A picture that somebody hands in is made small enough for a mail, and stripped of everything but what it shows."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

# Bytes of what is handed in; more than a telephone's camera gives.
LARGEST: Final = 15 * 1024 * 1024
# Dots in all: a picture that unpacks to more is never unpacked.
MOST_DOTS: Final = 60_000_000
# Of what is kept, in pixels.
WIDEST: Final = 1200
HIGHEST: Final = 1600
SMALLEST: Final = 16
_FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF")
_QUALITIES: Final = (85, 75, 60)
# Of what is kept, in bytes: a mail with some of these still gets through.
HEAVIEST: Final = 400_000

EMPTY: Final = "empty"
TOO_LARGE: Final = "too_large"
NO_PICTURE: Final = "no_picture"
TOO_MANY_DOTS: Final = "too_many_dots"
TOO_SMALL: Final = "too_small"
BROKEN: Final = "broken"


@dataclass(frozen=True)
class PictureRefused(ValueError):
    """No picture that can be used; `code` is one of those above."""

    code: str


@dataclass(frozen=True)
class Made:
    """A picture as it is kept: bytes, "png" or "jpg", its size in pixels, and whether it was made smaller."""

    content: bytes
    ending: str
    width: int
    height: int
    is_smaller: bool


def make(content: bytes) -> Made:
    """The picture upright, at most WIDEST × HIGHEST, drawn anew: without place, camera, thumbnail or anything hidden.

    Raises PictureRefused.
    """
    if not content:
        raise PictureRefused(EMPTY)
    if len(content) > LARGEST:
        raise PictureRefused(TOO_LARGE)
    try:
        with warnings.catch_warnings():
            # A size to be warned of is for MOST_DOTS to judge.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _drawn(content)
    except PictureRefused:
        raise
    except Image.DecompressionBombError as bomb:
        raise PictureRefused(TOO_MANY_DOTS) from bomb
    except UnidentifiedImageError as unknown:
        raise PictureRefused(NO_PICTURE) from unknown
    except (
        Exception
    ) as fault:  # decoders raise whatever comes to them: OSError, SyntaxError, struct.error, ValueError …
        raise PictureRefused(BROKEN) from fault


def _drawn(content: bytes) -> Made:
    with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
        width, height = opened.size
        if width * height > MOST_DOTS:
            raise PictureRefused(TOO_MANY_DOTS)
        if min(width, height) < SMALLEST:
            raise PictureRefused(TOO_SMALL)
        if opened.format == "JPEG":
            # Unpacked no larger than needed.
            opened.draft("RGB", (WIDEST * 2, HIGHEST * 2))
        opened.load()
        is_drawing = opened.format in ("PNG", "GIF")
        picture = _plain(ImageOps.exif_transpose(opened))
    picture.thumbnail((WIDEST, HIGHEST), Image.Resampling.LANCZOS)
    packed, ending = _packed(picture, is_drawing)
    is_smaller = sorted(picture.size) != sorted((width, height))
    return Made(packed, ending, picture.width, picture.height, is_smaller)


def _plain(picture: Image.Image) -> Image.Image:
    """Only dots, on white where it can be seen through; a drawing on white can be read in a dark mail program too."""
    if picture.mode not in ("RGBA", "LA", "PA") and "transparency" not in picture.info:
        return picture.convert("RGB")
    through = picture.convert("RGBA")
    ground = Image.new("RGB", through.size, (255, 255, 255))
    ground.paste(through, mask=through.getchannel("A"))
    return ground


def _packed(picture: Image.Image, is_drawing: bool) -> tuple[bytes, str]:
    """As PNG if it is a drawing that packs well, else as JPEG, packed harder until it is light enough."""
    if is_drawing and len(packed := _saved(picture, "PNG", optimize=True)) <= HEAVIEST:
        return packed, "png"
    for quality in _QUALITIES:
        packed = _saved(picture, "JPEG", quality=quality, optimize=True, progressive=True)
        if len(packed) <= HEAVIEST:
            break
    return packed, "jpg"


def _saved(picture: Image.Image, kind: str, **how: bool | int) -> bytes:
    out = io.BytesIO()
    # From the dots alone: what the file said of itself does not come along.
    Image.frombytes(picture.mode, picture.size, picture.tobytes()).save(out, kind, **how)
    return out.getvalue()
