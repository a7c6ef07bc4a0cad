"""Cases made up for property tests: any the clock takes."""

from datetime import date, timedelta

from hypothesis import strategies as st

from tickets.clock.facts import ACCEPTANCE, COMPLETE_FILE, PLACES, RECEPTION, REFUSAL, Case, Notice

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
MONTHS = st.integers(1, 12)


def after(day, most):
    """Return a strategy of days from `day` on, `most` days later at most."""
    return st.integers(0, most).map(lambda days: day + timedelta(days=days))


@st.composite
def notices(draw, since):
    """Draw a notice sent on or after `since`."""
    sent_on = draw(after(since, 200))
    produced_on = draw(st.none() | after(sent_on, 90))
    return Notice(sent_on, draw(after(sent_on, 60)), produced_on)


@st.composite
def cases(draw, rules=(ACCEPTANCE, REFUSAL), starts=(RECEPTION, COMPLETE_FILE), least_notices=0):
    """Draw a case with up to four notices; passed on by another administration, one time in two."""
    received_on = draw(DAYS)
    first_on = draw(st.none() | st.integers(0, 40).map(lambda days: received_on - timedelta(days=days)))
    return Case(
        draw(st.sampled_from(rules)),
        draw(MONTHS),
        received_on,
        draw(st.sampled_from(starts)),
        first_received_on=first_on,
        notices=tuple(draw(st.lists(notices(received_on), min_size=least_notices, max_size=4))),
        place=draw(st.sampled_from(PLACES)),
    )
