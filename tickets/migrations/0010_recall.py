"""When a postponed request is taken up again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('tickets', '0009_attachment_by_content'),
    ]

    operations = [
        migrations.AddField(
            model_name='ticket',
            name='recall_on',
            field=models.DateField(blank=True, null=True, verbose_name='reprise prévue le'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('status', 'postponed')), fields=['recall_on'], name='ticket_to_recall'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'postponed'), models.Q(('recall_on__isnull', True), _negated=True)), models.Q(models.Q(('status', 'postponed'), _negated=True), ('recall_on__isnull', True)), _connector='OR'), name='ticket_postponed_exactly_when_recalled', violation_error_message='Cette information ne va qu’avec l’état de la demande.'),
        ),
    ]
