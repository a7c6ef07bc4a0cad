"""Refuse addresses of package registries and paths of one machine in the files of the repository.

Requirements are locked by hashes and may come from any mirror: a file that names one would break
elsewhere. The needles are cut in two so that this file does not hold them.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEEDLES = (
    *(
        "pypi" + ".org",
        "python" + "hosted",
        "npm" + "js.",
        "registry." + "yarn",
        "devpi" + "/",
        "crates" + ".io",
    ),
    *("--index" + "-url", "--extra-index" + "-url", "--find" + "-links", "--trusted" + "-host"),
)
MACHINE_PARTS = 3  # « / », a folder, another: a shorter path may well be a word


def needles() -> list[str]:
    return [*NEEDLES, f"{ROOT}/"] if len(ROOT.parts) >= MACHINE_PARTS else list(NEEDLES)


def tracked_files() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    return [path for name in listing.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def findings() -> list[str]:
    found = []
    for path in tracked_files():
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            found += [
                f"{path.relative_to(ROOT)}:{number} : {needle}" for needle in needles() if needle in line
            ]
    return found


if __name__ == "__main__":
    if problems := findings():
        sys.exit("\n".join(problems))
