"""What the requester thinks of the service."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('tickets', '0011_closing_delay'),
    ]

    operations = [
        migrations.AddField(
            model_name='ticket',
            name='satisfaction',
            field=models.PositiveSmallIntegerField(blank=True, choices=[(1, '1 – pas du tout satisfait'), (2, '2 – peu satisfait'), (3, '3 – moyennement satisfait'), (4, '4 – satisfait'), (5, '5 – très satisfait')], null=True, verbose_name='satisfaction'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(('satisfaction__isnull', True), ('satisfaction__in', [1, 2, 3, 4, 5]), _connector='OR'), name='ticket_satisfaction_is_known', violation_error_message='La satisfaction va de 1 à 5.'),
        ),
    ]
