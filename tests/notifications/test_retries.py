"""The delays between tries, whatever an operator writes."""

from datetime import timedelta

import pytest

from notifications.retries import GIVE_UP, delay_after


@pytest.mark.parametrize("seconds", [[60, 300, 900, 3600], [60], [30, 7200], [86_400 * 3]])
def test_mail_is_given_up_at_the_end_of_two_days(settings, seconds):
    settings.MAIL_RETRY_SECONDS = seconds
    waited, attempts = [], 1
    while delay := delay_after(attempts):
        waited.append(delay)
        attempts += 1

    assert [one.total_seconds() for one in waited[: len(seconds)]] == seconds
    assert set(waited[len(seconds) :]) <= {timedelta(seconds=seconds[-1])}
    assert sum(waited, timedelta(0)) <= max(GIVE_UP, waited[0])
    assert sum(waited, timedelta(seconds=seconds[-1])) > GIVE_UP
