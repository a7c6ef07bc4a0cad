"""Until when a closing may be approved or contested."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('tickets', '0010_recall'),
    ]

    operations = [
        migrations.AddField(
            model_name='ticket',
            name='approve_by',
            field=models.DateField(blank=True, help_text='Dernier jour, à Paris\xa0; passé ce jour, la clôture est tacite.', null=True, verbose_name='à approuver ou contester jusqu’au'),
        ),
        migrations.AddField(
            model_name='ticket',
            name='reminded_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='rappel envoyé le'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('status', 'closed')), fields=['approve_by'], name='ticket_to_expire'),
        ),
    ]
