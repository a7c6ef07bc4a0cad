"""The orders of the list, each read from an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('tickets', '0021_silence_on')]

    operations = [
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['-priority', 'submitted_at', 'id'], name='ticket_by_priority'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['silence_on', 'id'], name='ticket_by_silence'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['-updated_at', '-id'], name='ticket_by_last_event'),
        ),
    ]
