"""A rule on silence without a delay passed: a check holds when its condition is unknown."""

from django.db import migrations, models
from django.db.models import Q

_MESSAGE = "Un régime du silence a un délai en mois ; sans régime, pas de délai."


def _constraint(**with_rule):
    return models.CheckConstraint(
        condition=Q(silence_rule="none", silence_months__isnull=True)
        | (~Q(silence_rule="none") & Q(**with_rule)),
        name="category_silence_has_months",
        violation_error_message=_MESSAGE,
    )


class Migration(migrations.Migration):
    dependencies = [("categories", "0001_initial")]
    operations = [
        migrations.RemoveConstraint("category", "category_silence_has_months"),
        migrations.AddConstraint("category", _constraint(silence_months__isnull=False, silence_months__gt=0)),
    ]
