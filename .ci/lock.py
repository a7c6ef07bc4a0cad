"""Resolve requirements/*.in again into hash-locked *.txt, without any registry address in them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = ["--quiet", "--universal", "--python-version=3.11", "--generate-hashes", "--no-emit-index-url"]
OPTIONS += ["--no-header", "--upgrade", "--custom-compile-command=make requirements"]


def main():
    uv = shutil.which("uv") or ROOT / ".venv" / "bin" / "uv"
    if not os.access(uv, os.X_OK):
        sys.exit("Il faut uv pour recalculer les dépendances : .venv/bin/python -m pip install uv")
    for group in ("production", "demo", "dev"):
        print(f"requirements/{group}.txt…", flush=True)
        command = [
            uv,
            "pip",
            "compile",
            *OPTIONS,
            f"requirements/{group}.in",
            "-o",
            f"requirements/{group}.txt",
        ]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
