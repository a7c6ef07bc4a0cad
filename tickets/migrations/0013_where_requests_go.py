"""Where a request came from, and the other request or administration it went to."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('categories', '0006_signposts'),
        ('tickets', '0012_satisfaction'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='ticket',
            name='merged_into',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='tickets.ticket', verbose_name='jointe à'),
        ),
        migrations.AddField(
            model_name='ticket',
            name='sender',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='transférée par'),
        ),
        migrations.AddField(
            model_name='ticket',
            name='sender_category',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='categories.category', verbose_name='transférée depuis'),
        ),
        migrations.AddField(
            model_name='ticket',
            name='transmitted_to',
            field=models.CharField(blank=True, max_length=200, verbose_name='transmise à'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='ticket_merged_into'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'merged'), models.Q(('merged_into__isnull', True), _negated=True)), models.Q(models.Q(('status', 'merged'), _negated=True), ('merged_into__isnull', True)), _connector='OR'), name='ticket_merged_exactly_when_into_another', violation_error_message='Cette information ne va qu’avec l’état de la demande.'),
        ),
    ]
