import pytest
from axes.models import AccessAttempt

from accounts.throttling import (
    Locked,
    MustWait,
    client_address,
    delay_seconds,
    forgive,
    require_patience,
)

EMAIL = "marc@example.org"


def failed(times, *, email=EMAIL, address="127.0.0.1", agent=""):
    AccessAttempt.objects.create(
        username=email, ip_address=address, user_agent=agent, failures_since_start=times
    )


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (2, 0), (3, 2), (4, 4), (5, 8), (6, 16), (7, 32), (8, 60), (50, 60)]
)
def test_the_delay_doubles_up_to_a_minute(failures, seconds):
    assert delay_seconds(failures) == seconds


@pytest.mark.django_db
def test_failures_are_added_whatever_the_browser(rf):
    failed(2, agent="a")
    failed(2, agent="b")

    with pytest.raises(MustWait) as refusal:
        require_patience(rf.post("/"), EMAIL)

    assert refusal.value.seconds == 4


@pytest.mark.django_db
def test_waiting_is_enough(rf, clock):
    failed(3)
    clock.shift(2.1)

    assert require_patience(rf.post("/"), EMAIL) is None


@pytest.mark.django_db
def test_ten_failures_lock_for_an_hour(rf, clock):
    failed(10)
    clock.shift(3590)

    with pytest.raises(Locked):
        require_patience(rf.post("/"), EMAIL)

    clock.shift(20)
    assert require_patience(rf.post("/"), EMAIL) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("email", "address"),
    [("other@example.org", "127.0.0.1"), (EMAIL, "192.0.2.7")],
    ids=["account", "address"],
)
def test_a_lock_is_of_one_account_from_one_address(rf, email, address):
    failed(10)

    assert require_patience(rf.post("/", REMOTE_ADDR=address), email) is None


@pytest.mark.django_db
def test_forgive_forgets_one_address_or_all():
    failed(10)
    failed(10, address="192.0.2.7")
    failed(10, email="other@example.org")

    forgive(EMAIL, address="127.0.0.1")
    left = list(AccessAttempt.objects.order_by("pk").values_list("username", "ip_address"))
    forgive(EMAIL)

    assert left == [(EMAIL, "192.0.2.7"), ("other@example.org", "127.0.0.1")]
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["other@example.org"]


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("", None),
        ("192.0.2.7:5000", None),
    ],
)
def test_a_client_is_an_address_or_the_network_of_a_subscriber(rf, address, client):
    assert client_address(rf.get("/", REMOTE_ADDR=address)) == client
