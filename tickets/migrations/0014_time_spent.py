"""How long staff worked on a request."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('tickets', '0013_where_requests_go'),
    ]

    operations = [
        migrations.AddField(
            model_name='ticket',
            name='minutes_spent',
            field=models.PositiveIntegerField(default=0, verbose_name='temps passé (minutes)'),
        ),
    ]
