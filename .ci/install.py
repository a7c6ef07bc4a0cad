"""Complete .venv with one set of locked requirements: `python3 .ci/install.py demo`.

Runs on the Python of a bare machine: standard library only. uv is used when it is there (five times
faster), else venv and pip; both refuse a package whose hash is not the locked one.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# The development set holds the demonstration's: installing it satisfies both stamps.
STAMPS = {"demo": ["ok-demo"], "dev": ["ok-demo", "ok-dev"]}


def refuse(message):
    sys.exit(f"\n{message}\n")


def run(*command):
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        refuse(f"L’installation a échoué : {' '.join(map(str, command))}")


def check_python():
    if sys.version_info < (3, 11):  # noqa: UP036 -- this file runs on whatever the machine has
        refuse("Il faut Python 3.11 ou plus récent : make PYTHON=python3.11 demo")


def is_usable(*, needs_pip):
    """Tell whether .venv works: a moved clone or an upgraded Python leaves one that does not."""
    check = "import pip" if needs_pip else "pass"
    if not PYTHON.exists():
        return False
    return subprocess.run([PYTHON, "-c", check], check=False, stderr=subprocess.DEVNULL).returncode == 0


def create_with_venv():
    if importlib.util.find_spec("ensurepip") is None:
        refuse(
            "Il manque le paquet Debian python3-venv. Installez-le :\n\n    sudo apt-get install python3-venv"
        )
    run(sys.executable, "-m", "venv", "--clear", VENV)


def install_with_uv(uv, requirements):
    if not is_usable(needs_pip=False):
        run(uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV)
    run(uv, "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "-r", requirements)


def install_with_pip(requirements):
    if not is_usable(needs_pip=True):
        create_with_venv()
    pip = [PYTHON, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]
    run(*pip, "install", "--require-hashes", "-r", requirements)


def main(group):
    check_python()
    requirements = ROOT / "requirements" / f"{group}.txt"
    count = sum("==" in line for line in requirements.read_text(encoding="utf-8").splitlines())
    uv = shutil.which("uv")
    print(
        f"Installation dans .venv de {count} paquets Python ({requirements.name}, empreintes vérifiées)",
        end=" ",
    )
    print(f"avec {'uv' if uv else 'pip'}…", flush=True)
    os.environ.pop("VIRTUAL_ENV", None)
    if uv:
        install_with_uv(uv, requirements)
    else:
        install_with_pip(requirements)
    for stamp in STAMPS[group]:
        (VENV / stamp).touch()


if __name__ == "__main__":
    main(sys.argv[1])
