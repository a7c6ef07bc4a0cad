"""What the inputs of pieces take."""

import pytest

from tickets.forms.pieces import accept_of


@pytest.mark.parametrize(
    ("extensions", "accept"),
    [(("pdf",), ".pdf"), (("pdf", "jpg", "heic"), ".pdf,.jpg,.heic,image/*"), ((), "")],
    ids=["document", "photographs", "nothing"],
)
def test_photographs_open_the_camera(extensions, accept):
    assert accept_of(extensions) == accept
