"""Which ended request a new one goes on from."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0032_links'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='follows',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.ticket', verbose_name='suite de'),
        ),
    ]
