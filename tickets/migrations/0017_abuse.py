"""Whether a sending is abusive or dangerous (CRPA, L112-11)."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('categories', '0006_signposts'),
        ('tickets', '0016_visits'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='ticket',
            name='abuse',
            field=models.CharField(blank=True, choices=[('reported', 'signalée abusive'), ('confirmed', 'abus confirmé')], max_length=9, verbose_name='abus'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(('abuse__in', ('', 'reported', 'confirmed'))), name='ticket_abuse_is_known', violation_error_message='Signalement d’abus inconnu.'),
        ),
    ]
