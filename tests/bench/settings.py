"""The settings of the service, and the floor beside it."""

from pathlib import Path

from teledemande.settings import *  # noqa: F403 -- all of them
from teledemande.settings import TEMPLATES

ROOT_URLCONF = "tests.bench.urls"
TEMPLATES[0]["DIRS"].append(Path(__file__).with_name("templates"))  # type: ignore[attr-defined]
