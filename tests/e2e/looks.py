"""Look at a page as everybody sees it: 320 and 1280 px wide, light and dark; with axe, and on a picture."""

from functools import cache
from pathlib import Path

import axe_playwright_python

PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 800}

# Colours are the only thing the theme changes: the whole of axe is asked once at each width.
EVERYTHING = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
CONTRAST = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast"]}}
VIEWS = (
    (DESKTOP, "light", EVERYTHING),
    (DESKTOP, "dark", CONTRAST),
    (PHONE, "dark", CONTRAST),
    (PHONE, "light", EVERYTHING),
)

# What sticks out on the right, said by its element; what scrolls inside its own box does not count.
STICKING_OUT = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const isBox = (one) => getComputedStyle(one).overflowX !== 'visible';
  const scrolls = (one) => one && (isBox(one) || scrolls(one.parentElement));
  return [...document.body.querySelectorAll('*')]
    .filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1 && !scrolls(one.parentElement))
    .map((one) => `<${one.tagName.toLowerCase()} class="${one.className}">`)
    .concat([`${root.scrollWidth} px for ${root.clientWidth}`]);
}"""


@cache
def axe_source():
    """Return the program axe, from the package that carries it."""
    return Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")


def axe(page, options=EVERYTHING):
    """Return what axe finds wrong with `page`: one line a rule, with the elements.

    The source is evaluated, not inserted: the Content-Security-Policy stays in force.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_source())
    found = page.evaluate("(options) => axe.run(document, options)", options)
    return [
        f"{violation['id']} : {violation['help']} : {[node['html'][:150] for node in violation['nodes']]}"
        for violation in found["violations"]
    ]


def sticking_out(page):
    """Return what makes the page wider than its window: nothing, for a good page."""
    page.wait_for_load_state()  # between two pages there is no document to measure
    return page.evaluate(STICKING_OUT)


class Looks:
    """Look at each page and state once in the session, under the name the test gives it."""

    def __init__(self, folder, views=VIEWS):
        self.folder = Path(folder)
        self.views = views
        self.seen = set()

    def look(self, page, name):
        """Check the page in its views, and keep a picture of each."""
        if name in self.seen:
            return
        self.seen.add(name)
        size = page.viewport_size
        problems = [line for view in self.views for line in self._view(page, name, *view)]
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(size)
        assert problems == [], "\n".join([f"{name} ({page.url})", *problems])

    def _view(self, page, name, size, scheme, options):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        view = f"{size['width']}-{scheme}"
        page.screenshot(path=self.folder / f"{name}-{view}.jpg", full_page=True, type="jpeg", quality=80)
        return [f"{view} : {line}" for line in [*sticking_out(page), *axe(page, options)]]
