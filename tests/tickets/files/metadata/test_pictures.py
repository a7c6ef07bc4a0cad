"""A photograph loses where, when and with what it was taken, and nothing of what it shows."""

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from tests import factories
from tests.tickets.files.metadata import pictures
from tests.tickets.files.metadata.pictures import GPS, MAKE, ORIENTATION, PROFILE, SECRETS, pixels
from tickets.files import signatures
from tickets.files.metadata import Cleaned, without_metadata

MAKERS = {
    "jpeg": (pictures.jpeg, signatures.JPEG),
    "png": (pictures.png, signatures.PNG),
    "webp": (pictures.webp, signatures.WEBP),
    "tiff": (pictures.tiff, signatures.TIFF),
}
kinds = pytest.mark.parametrize(("make", "kind"), MAKERS.values(), ids=MAKERS)


def cleaned(body, kind):
    """Return what becomes of `body`, which must change."""
    result = without_metadata(io.BytesIO(body), kind.content_type)
    assert result.content is not None
    assert result.keeps_metadata is False
    return result.content


def opened(body):
    picture = Image.open(io.BytesIO(body))
    picture.load()
    return picture


def exif_of(body):
    """Return what the picture says of itself; Pillow turns a TIFF, and forgets it, when it is loaded."""
    return Image.open(io.BytesIO(body)).getexif()


def seen(body):
    """Return the pixels as a browser shows them."""
    return ImageOps.exif_transpose(opened(body)).convert("RGB").tobytes()


# --- what goes, what stays -------------------------------------------------------------------------------
@kinds
@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_photograph_loses_its_metadata_and_looks_the_same(make, kind, orientation):
    before = make(orientation)
    after = cleaned(before, kind)

    exif = exif_of(after)
    assert all(secret not in after for secret in SECRETS)
    assert any(secret in before for secret in SECRETS)
    assert exif_of(before).get_ifd(GPS)
    assert (exif.get_ifd(GPS), exif.get(MAKE), exif.get(ORIENTATION, 1)) == ({}, None, orientation)
    assert seen(after) == seen(before)
    assert opened(after).tobytes() == opened(before).tobytes()
    assert opened(after).info.get("icc_profile") == PROFILE


@kinds
def test_clean_picture_is_left_as_it_came(make, kind):
    once = cleaned(make(6), kind)

    assert without_metadata(io.BytesIO(once), kind.content_type) == Cleaned()


@kinds
def test_file_is_rewound(make, kind):
    file = io.BytesIO(make())
    file.read(7)

    without_metadata(file, kind.content_type)

    assert file.tell() == 0


OTHERS = {
    "jpeg-progressive": lambda: pictures.jpeg(6, progressive=True),
    "jpeg-grey": lambda: pictures.jpeg(6, pixels("L"), icc_profile=None),
    "jpeg-cmyk": lambda: pictures.jpeg(1, pixels("CMYK"), icc_profile=None),
    "jpeg-restarts": lambda: pictures.jpeg(6, pixels(size=(64, 64)), restart_marker_blocks=1),
    "jpeg-fill-bytes": lambda: (lambda body: body[:2] + b"\xff\xff" + body[2:])(pictures.jpeg()),
    "png-palette": lambda: pictures.png(6, pixels("P")),
    "png-transparent": lambda: pictures.png(6, pixels("RGBA")),
    "webp-transparent": lambda: pictures.webp(6, pixels("RGBA")),
    "tiff-deflate": lambda: pictures.scan(6, compression="tiff_adobe_deflate"),
    "tiff-jpeg": lambda: pictures.scan(1, compression="jpeg"),
    "tiff-black-and-white": lambda: pictures.scan(1, pixels("1"), compression="group4"),
    "tiff-pages": lambda: pictures.scan(1, save_all=True, append_images=[pixels(size=(9, 9))]),
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_ways_to_write_a_picture(name):
    body, kind = OTHERS[name](), MAKERS[name.partition("-")[0]][1]

    after = cleaned(body, kind)

    assert seen(after) == seen(body)
    assert not [secret for secret in SECRETS if secret in after]
    assert getattr(opened(after), "n_frames", 1) == getattr(opened(body), "n_frames", 1)


def test_moving_picture_still_moves():
    frames = [pixels(), pixels().rotate(180)]
    for kind, more in (("PNG", {}), ("WEBP", {"lossless": True})):
        body = pictures.saved(
            kind, frames[0], save_all=True, append_images=frames[1:], exif=pictures.exif(), **more
        )

        after = opened(cleaned(body, getattr(signatures, kind)))

        after.seek(1)
        assert (after.n_frames, after.convert("RGB").tobytes()) == (2, frames[1].tobytes())


@pytest.mark.parametrize("name", ["jpeg", "png"])
def test_what_follows_the_end_is_dropped(name):
    make, kind = MAKERS[name]

    after = cleaned(make() + b"film-secret" + make(), kind)

    assert after == cleaned(make(), kind)


def test_thumbnail_goes_too():
    body = pictures.jpeg(icc_profile=None, exif=b"", comment=b"", xmp=b"")
    place = body.index(b"JFIF\0")
    small = b"vignette-secrete"[:12]
    header = body[place : place + 12] + b"\x02\x02" + small
    body = body[: place - 2] + struct.pack(">H", len(header) + 2) + header + body[place + 14 :]
    assert seen(body)

    assert b"vignette" not in cleaned(body, signatures.JPEG)


# --- what cannot be cleaned ------------------------------------------------------------------------------
def bomb():
    """Return a PNG of 100,000 by 100,000 pixels, all white, and of a few kilobytes."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1_000_000))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"tEXt", b"Comment\0commentaire-secret")
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


def test_bomb_of_pixels_is_not_even_opened():
    assert b"secret" not in cleaned(bomb(), signatures.PNG)


UNKNOWN = {
    "jpeg-cut": (pictures.jpeg()[:-40], signatures.JPEG),
    "jpeg-of-noise": (b"\xff\xd8\xff" + b"a" * 50, signatures.JPEG),
    "png-cut": (pictures.png()[:-40], signatures.PNG),
    "png-of-noise": (b"\x89PNG\r\n\x1a\n" + b"a" * 50, signatures.PNG),
    "webp-cut": (pictures.webp()[:-40], signatures.WEBP),
    "webp-empty": (b"RIFF\x04\0\0\0WEBP", signatures.WEBP),
    "tiff-cut": (pictures.tiff()[:60], signatures.TIFF),
    "tiff-endless": (
        b"II*\0\x08\0\0\0\x01\0\x00\x01\x03\0\x01\0\0\0\x01\0\0\0\x08\0\0\0",
        signatures.TIFF,
    ),
    "heic-of-noise": (b"\x00\x00\x00\x18ftypheic" + b"a" * 50, signatures.HEIC),
    "heic-of-several": (pictures.heic(before=pictures.box(b"moov", b"a")), signatures.HEIC),
    "heic-elsewhere": (pictures.heic(method=2), signatures.HEIC),
}


@pytest.mark.parametrize(("body", "kind"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_is_not_understood_is_kept_and_said(body, kind):
    assert without_metadata(io.BytesIO(body), kind.content_type) == Cleaned(keeps_metadata=True)


def test_value_shared_with_the_pixels_is_not_blanked():
    """A description placed over the pixels: taking it out would spoil the picture."""
    body = bytearray(pictures.tiff())
    picture = opened(bytes(body))
    pixels_at = picture.tag_v2[273][0]
    entry = body.index(struct.pack("<HHI", 270, 2, len("commentaire-secret") + 1))
    body[entry + 8 : entry + 12] = struct.pack("<I", pixels_at)

    assert without_metadata(io.BytesIO(bytes(body)), "image/tiff") == Cleaned(keeps_metadata=True)


def test_what_is_no_photograph_is_not_read():
    assert without_metadata(None, "application/pdf") == Cleaned()


# --- HEIC ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("method", [0, 1], ids=["in-the-file", "in-its-own-box"])
def test_heic_keeps_its_places_and_its_pixels(method):
    body = pictures.heic(method=method, before=pictures.box(b"uuid", b"commentaire-secret"))

    after = cleaned(body, signatures.HEIC)

    assert not [secret for secret in SECRETS if secret in after]
    assert (len(after), after.index(b"PIXELS-PIXELS")) == (len(body), body.index(b"PIXELS-PIXELS"))


# --- whatever comes --------------------------------------------------------------------------------------
BODIES = [(make(6), kind) for make, kind in MAKERS.values()] + [(pictures.heic(), signatures.HEIC)]


@given(st.sampled_from(BODIES), st.binary(max_size=12), st.integers(0, 2000), st.booleans())
def test_no_damage_makes_cleaning_fail(sample, noise, place, is_cut):
    body, kind = sample
    place %= len(body)
    damaged = body[:place] + noise + (b"" if is_cut else body[place + len(noise) :])

    result = without_metadata(io.BytesIO(damaged), kind.content_type)

    assert result.content is None or not result.keeps_metadata


def test_one_pixel_pictures_of_other_tests_are_understood():
    for body, kind in (
        (factories.jpeg_bytes(), signatures.JPEG),
        (factories.png_bytes(), signatures.PNG),
    ):
        assert without_metadata(io.BytesIO(body), kind.content_type) == Cleaned()
