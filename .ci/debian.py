"""The Debian packages of the servers and of the browser: installed when allowed, else asked for."""

import os
import subprocess

from tests.services import missing


def is_strict() -> bool:
    """Tell whether a missing server is a failure: always in continuous integration."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def ensure(packages: set[str]) -> list[str]:
    """Install what is missing of `packages`; return what is still missing, after saying how to get it."""
    absent = missing(*sorted(packages)) if packages else []
    if not absent:
        return []
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *absent]
    if os.geteuid() == 0:
        print(f"Installation de paquets Debian : {' '.join(absent)}", flush=True)
        _install(command)
    still = missing(*absent)
    if still:
        print(f"!!! Paquets Debian manquants : {' '.join(still)}. Pour tout vérifier :")
        print(f"\n    sudo apt-get install {' '.join(still)}\n", flush=True)
    return still


def _install(command: list[str]) -> None:
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # The package would start a server of its own; the tests start theirs, on free ports.
    policy = "/usr/sbin/policy-rc.d"
    ours = not os.path.exists(policy)
    if ours:
        with open(policy, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\nexit 101\n")
        os.chmod(policy, 0o755)  # noqa: S103 -- a program of the system, for a moment
    try:
        for one in (["apt-get", "--quiet=2", "update"], command):
            subprocess.run(one, check=False, env=env, stdout=subprocess.DEVNULL)
    finally:
        if ours:
            os.unlink(policy)
