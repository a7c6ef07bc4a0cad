"""When silence would become a decision, reckoned by the database (as a file's place, it names our function)."""

import tickets.models.silence
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('tickets', '0020_list_display')]

    operations = [
        migrations.AddField(
            model_name='ticket',
            name='silence_on',
            field=models.GeneratedField(db_persist=True, expression=models.Case(models.When(status__in=('submitted', 'in_progress', 'waiting', 'postponed'), then=tickets.models.silence.SilenceEnd(models.F('submitted_at'), models.F('silence_months')))), output_field=models.DateField(), verbose_name='échéance légale'),
        ),
    ]
