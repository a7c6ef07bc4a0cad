"""Pictures drawn by our own templates. Whole numbers only: SVG does not understand a decimal comma."""

WIDTH = 360


def scaled(number, highest, length):
    """Return how long `number` is drawn where `highest` takes `length`; what is not nothing is seen."""
    return 0 if not highest else max(1 if number else 0, round(number * length / highest))


def shortened(label, most):
    """Return `label`, cut to `most` signs."""
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"
