"""Which tab wrote last in a draft."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0006_answers"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="tab",
            field=models.UUIDField(blank=True, editable=False, null=True, verbose_name="onglet"),
        ),
    ]
