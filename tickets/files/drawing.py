"""Draw pages of a PDF or of a picture: a program of its own, which hostile files may break without harm.

    python -I drawing.py (pdf|picture) FIRST COUNT SIDE < file > pages

It reads one file, writes one line of JSON (`total` pages, `sizes` in bytes of those drawn) then the PNG of
each, and nothing else is left to it: before the file is touched, memory, processor time and output are
bounded, and the kernel refuses every call that opens, connects, starts or signals anything (seccomp, on
x86-64 and arm64; elsewhere nothing is drawn). It imports nothing of ours and knows no setting. Any failure is
an exit code.
"""

import ctypes
import io
import json
import platform
import resource
import struct
import sys

_MEMORY = 1_500_000_000
_SECONDS = 10
_OUTPUT = 60_000_000
_PIXELS = 60_000_000
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "TIFF")


def bound():
    """Bound what this process may take, for good."""
    for what, limit in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, _SECONDS),
        (resource.RLIMIT_FSIZE, _OUTPUT),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(what, (limit, limit))


# What a process needs to compute, read what it has open and end: numbers of the kernel's own tables
# (arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h).
_CALLS = {
    "x86_64": (
        0xC000003E,
        # read write close fstat lseek mmap mprotect munmap brk, signals, pread writev yield mremap madvise
        (0, 1, 3, 5, 8, 9, 10, 11, 12, 13, 14, 15, 17, 20, 24, 25, 28),
        # nanosleep getpid exit gettimeofday sigaltstack gettid futex affinity clock exit_group random rseq
        (35, 39, 60, 96, 131, 186, 202, 204, 228, 230, 231, 273, 318, 334),
    ),
    "aarch64": (
        0xC00000B7,
        (63, 64, 57, 80, 62, 222, 226, 215, 214, 134, 135, 139, 67, 66, 124, 216, 233),
        (101, 172, 93, 169, 132, 178, 98, 123, 113, 115, 94, 99, 278, 293),
    ),
}
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _IS, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001  # refused calls fail with EPERM


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def seal():
    """Have the kernel refuse every call but the harmless ones; return whether it does."""
    if platform.machine() not in _CALLS:
        return False
    architecture, usual, others = _CALLS[platform.machine()]
    calls = (*usual, *others)
    lines = [(_LOAD, 0, 0, 4), (_IS, 1, 0, architecture), (_RETURN, 0, 0, _REFUSE), (_LOAD, 0, 0, 0)]
    lines += [(_IS, len(calls) - rank, 0, call) for rank, call in enumerate(calls)]
    lines += [(_RETURN, 0, 0, _REFUSE), (_RETURN, 0, 0, _ALLOW)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in lines))
    program = _Program(len(lines), ctypes.addressof(code))
    prctl = ctypes.CDLL(None).prctl
    return (
        prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
        and prctl(_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0
    )


def draw_pdf(body, first, count, side):
    """Return how many pages there are and the PNG of those from `first` on."""
    document = pdfium.PdfDocument(body)
    total = len(document)
    drawn = []
    for number in range(first, min(first + count, total + 1)):
        page = document[number - 1]
        width, height = page.get_size()
        # The page says its size: whatever it is, the picture has the same.
        drawn.append(page.render(scale=side / max(width, height, 1), may_draw_forms=False).to_pil())
    return total, drawn


def draw_picture(body, first, count, side):
    """Return how many pages the picture has (a TIFF may have several) and those from `first` on."""
    picture = Image.open(io.BytesIO(body), formats=_FORMATS)
    if picture.width * picture.height > _PIXELS:
        raise ValueError
    total = picture.n_frames if picture.format == "TIFF" else 1
    drawn = []
    for number in range(first, min(first + count, total + 1)):
        if number > 1:
            picture.seek(number - 1)
        elif picture.format == "JPEG":
            picture.draft("RGB", (side, side))  # decoded smaller at once
        page = ImageOps.exif_transpose(picture)
        page = page.convert("RGBA" if "A" in page.getbands() or "transparency" in page.info else "RGB")
        page.thumbnail((side, side))
        drawn.append(page)
    return total, drawn


def png(picture):
    """Return the bytes of a PNG that holds the pixels and nothing else."""
    result = io.BytesIO()
    picture.info.clear()
    picture.save(result, "PNG")
    return result.getvalue()


def main():
    """Read, draw, write."""
    kind = sys.argv[1]
    first, count, side = (int(word) for word in sys.argv[2:5])
    if not seal():
        sys.exit("this kernel does not seal processes: nothing is drawn")
    body = sys.stdin.buffer.read()
    total, drawn = (draw_pdf if kind == "pdf" else draw_picture)(body, first, count, side)
    pages = [png(picture) for picture in drawn]
    header = {"total": total, "sizes": [len(page) for page in pages]}
    sys.stdout.buffer.write(json.dumps(header).encode() + b"\n" + b"".join(pages))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    bound()
    # Once bounded, and before the kernel refuses to open anything more: what Pillow imports late comes too.
    import copy

    import pypdfium2 as pdfium
    from PIL import Image, ImageOps, ImagePalette, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin

    _LATE = (copy, ImagePalette, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin)

    Image.preinit()
    Image.MAX_IMAGE_PIXELS = _PIXELS
    main()
