"""Empty the folder of the demonstration's data: `python3 .ci/reset.py .var`."""

import fcntl
import shutil
import sys
from pathlib import Path


def is_running(folder):
    """Tell whether a demonstration holds the folder: it keeps a lock as long as it lives."""
    try:
        with (folder / "demo.lock").open("r") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def main(folder):
    if not folder.exists():
        print("Rien à effacer.")
        return
    # A mistyped VAR_DIR must not cost somebody else's files.
    if not (folder / "secret-key").exists() and any(folder.iterdir()):
        sys.exit(f"{folder} n’est pas un dossier de Télé-demande : rien n’a été effacé.")
    if is_running(folder):
        sys.exit("La démonstration est en marche : arrêtez-la d’abord (Ctrl-C dans son terminal).")
    shutil.rmtree(folder)
    print(f"{folder} est effacé : la prochaine démonstration repartira de zéro.")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
