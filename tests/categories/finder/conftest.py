"""The shipped tree, as a new installation has it."""

import pytest

from categories.loading import load_themes
from tests.categories.finder.test_synonyms import THEMES


@pytest.fixture
def shipped(db):
    """Load the shipped themes, without their synonyms: the finder knows them anyway."""
    load_themes(THEMES.read_text(encoding="utf-8"))
