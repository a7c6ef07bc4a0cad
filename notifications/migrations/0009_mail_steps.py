import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0008_name_deferred_mails'),
    ]

    operations = [
        migrations.AddField(
            model_name='outgoingemail',
            name='server',
            field=models.CharField(blank=True, db_default='', default='', max_length=253, verbose_name='serveur qui l’a accepté'),
        ),
        migrations.CreateModel(
            name='MailStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('accepted', 'accepté'), ('deferred', 'remis à plus tard'), ('refused', 'refusé'), ('bounced', 'non remis'), ('requeued', 'remis en file d’envoi')], max_length=8, verbose_name='nature')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date')),
                ('server', models.CharField(blank=True, max_length=253, verbose_name='serveur')),
                ('words', models.CharField(blank=True, max_length=500, verbose_name='réponse du serveur')),
                ('mail', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='notifications.outgoingemail', verbose_name='courriel')),
            ],
            options={
                'verbose_name': 'étape d’un courriel',
                'verbose_name_plural': 'étapes des courriels',
                'ordering': ('pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['accepted', 'deferred', 'refused', 'bounced', 'requeued'])), name='mail_step_is_known', violation_error_message='Étape inconnue.')],
            },
        ),
    ]
