"""Pages of long lists, without counting them whole."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

COUNTED_AT_MOST = 1000


class BoundedPaginator(Paginator):
    """Counts no further than needed: a hundred thousand rows are not counted to show fifty.

    The page asked for and the next one are always within the bound, so that every row can be reached.
    """

    def __init__(self, *args, page_number=1, at_most=None, **options):
        super().__init__(*args, **options)
        self.bound = max(at_most or COUNTED_AT_MOST, (page_number + 1) * self.per_page)

    @cached_property
    def count(self):
        """How many rows there are, or the bound when there are more."""
        return self.object_list.order_by().values("pk")[: self.bound].count()

    @property
    def is_exact(self):
        """Whether the count is the real one."""
        return self.count < self.bound

    @property
    def count_words(self):
        """How many requests there are, in words."""
        if not self.is_exact:
            return _("Plus de %(count)s demandes") % {"count": self.count - 1}
        return ngettext("%(count)s demande", "%(count)s demandes", self.count) % {"count": self.count}


def asked_page(text):
    """Return the number of the page an address asks for: 1 for whatever is no reasonable number."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 1
