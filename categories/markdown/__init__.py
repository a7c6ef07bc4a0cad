"""What staff write in Markdown: shown safely, and read over for everybody's sake."""

from categories.markdown.checking import Remark, check, remarks
from categories.markdown.rendering import render

__all__ = ["Remark", "check", "remarks", "render"]
