"""Refuse what looks like a secret in the files of the repository (detect-secrets, without network).

A value that is not one is marked on its line: `# pragma: allowlist secret`.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Hashes of packages; passwords of the demonstration's people, shown on screen; passwords of tests.
NOT_SECRETS = r"^requirements/.*\.txt$|^deploy/demo/personas\.json$|^tests/"
ONE_WORD = r"^[a-z_-]{1,20}$"  # `PASSWORD = "password"` names a thing
A_NUMBER = r"^(\d{8,14}[A-Za-z]{0,2}|[A-Z]{2}\d{2}[A-Z0-9]{8,30})$"  # of a student, a company, a bank account
DETECTORS_FOR_TESTS = ("--disable-plugin", "KeywordDetector")


def scan(*options: str) -> dict[str, list[dict]]:
    command = [
        Path(sys.executable).with_name("detect-secrets"),
        "scan",
        "--no-verify",
        "--exclude-secrets",
        ONE_WORD,
        "--exclude-secrets",
        A_NUMBER,
        *options,
    ]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)["results"]


def main() -> None:
    results = scan("--exclude-files", NOT_SECRETS) | scan(*DETECTORS_FOR_TESTS, "tests")
    lines = [
        f"{name}:{found['line_number']} : {found['type']}" for name, all_ in results.items() for found in all_
    ]
    if lines:
        sys.exit("\n".join(lines))


if __name__ == "__main__":
    main()
