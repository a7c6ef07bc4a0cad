"""Photographs as telephones and scanners make them: place, device, comments, profile, orientation."""

import io
import struct

from PIL import Image, ImageCms, PngImagePlugin, TiffImagePlugin

MAKE, ORIENTATION, EXIF_DATE, GPS = 0x010F, 0x0112, 0x9003, 0x8825
SECRETS = (b"Marque-secrete", b"2026:11:23 08:00:00", b"xmpmeta-secret", b"commentaire-secret")
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>xmpmeta-secret</x:xmpmeta>"


def pixels(mode="RGB", size=(24, 16)):
    """Return a picture whose four corners differ: turned, it is another."""
    picture = Image.new("RGB", size, (250, 250, 250))
    picture.paste((200, 0, 0), (0, 0, 8, 8))
    picture.paste((0, 0, 200), (size[0] - 8, 0, size[0], 4))
    return picture.convert(mode)


def exif(orientation=1):
    """Return an Exif block with a device, a date, a place and an orientation."""
    block = Image.Exif()
    block[MAKE] = "Marque-secrete"
    block[ORIENTATION] = orientation
    block.get_ifd(0x8769)[EXIF_DATE] = "2026:11:23 08:00:00"
    block.get_ifd(GPS).update({1: "N", 2: (43.0, 17.0, 47.0), 3: "E", 4: (5.0, 22.0, 12.0)})
    return block


def saved(kind, picture=None, **options):
    result = io.BytesIO()
    (picture or pixels()).save(result, kind, **options)
    return result.getvalue()


def jpeg(orientation=1, picture=None, **options):
    body = saved(
        "JPEG",
        picture,
        **{"exif": exif(orientation), "icc_profile": PROFILE, "comment": b"commentaire-secret", "xmp": XMP}
        | options,
    )
    photoshop = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x12commentaire-secret"
    return body[:2] + b"\xff\xed" + struct.pack(">H", len(photoshop) + 2) + photoshop + body[2:]


def png(orientation=1, picture=None):
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", "commentaire-secret")
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return saved("PNG", picture, exif=exif(orientation), icc_profile=PROFILE, pnginfo=texts)


def webp(orientation=1, picture=None):
    return saved("WEBP", picture, lossless=True, exif=exif(orientation), icc_profile=PROFILE, xmp=XMP)


def scan(orientation=1, picture=None, **options):
    """Return a TIFF as scanners make it: no place, and ways to compress with which Pillow writes none."""
    return saved("TIFF", picture, tiffinfo=_tags(orientation), icc_profile=PROFILE, **options)


def _tags(orientation):
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[MAKE], tags[ORIENTATION], tags[270] = "Marque-secrete", orientation, "commentaire-secret"
    return tags


def tiff(orientation=1, picture=None):
    tags = _tags(orientation)
    tags[0x8769] = {EXIF_DATE: "2026:11:23 08:00:00"}
    tags[GPS] = {1: "N", 2: (43.0, 17.0, 47.0), 3: "E", 4: (5.0, 22.0, 12.0)}
    return saved("TIFF", picture, tiffinfo=tags, icc_profile=PROFILE)


# --- HEIC: its boxes only, for Pillow does not write it --------------------------------------------------
def box(kind, content):
    return struct.pack(">I", 8 + len(content)) + kind + content


def item_entry(number, kind, rest=b""):
    return box(b"infe", b"\x02\0\0\0" + struct.pack(">HH", number, 0) + kind + b"\0" + rest)


def heic(exif_block=b"\0\0\0\0MM\0*Marque-secrete 2026:11:23 08:00:00", *, method=0, before=b""):
    """Return a HEIC of one picture (item 1), its Exif (2) and its XMP (3)."""
    payloads = {1: b"PIXELS-PIXELS", 2: exif_block, 3: XMP}
    entries = [
        item_entry(1, b"hvc1"),
        item_entry(2, b"Exif"),
        item_entry(3, b"mime", b"application/rdf+xml\0"),
    ]
    iinf = box(b"iinf", bytes(4) + struct.pack(">H", len(entries)) + b"".join(entries))
    ftyp = box(b"ftyp", b"heic\0\0\0\0mif1heic") + before

    def meta(origin):
        places, place = [], origin
        for number, payload in payloads.items():
            places.append(struct.pack(">HHHHII", number, method, 0, 1, place, len(payload)))
            place += len(payload)
        iloc = box(b"iloc", b"\x01\0\0\0\x44\0" + struct.pack(">H", len(places)) + b"".join(places))
        idat = box(b"idat", b"".join(payloads.values())) if method else b""
        return box(b"meta", bytes(4) + iinf + iloc + idat)

    if method:
        return ftyp + meta(0)
    mdat = box(b"mdat", b"".join(payloads.values()))
    return ftyp + meta(len(ftyp) + len(meta(0)) + 8) + mdat
