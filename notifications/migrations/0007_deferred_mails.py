from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0006_bounced_mails'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='outgoingemail',
            name='mail_state_is_known',
        ),
        migrations.RemoveIndex(
            model_name='outgoingemail',
            name='mail_to_send',
        ),
        migrations.AlterField(
            model_name='outgoingemail',
            name='state',
            field=models.CharField(choices=[('queued', 'à envoyer'), ('sending', 'en cours d’envoi'), ('deferred', 'différé, nouvel essai prévu'), ('sent', 'envoyé'), ('bounced', 'envoyé, non remis'), ('failed', 'échec'), ('cancelled', 'annulé avant l’envoi')], default='queued', max_length=9, verbose_name='état'),
        ),
        migrations.AddIndex(
            model_name='outgoingemail',
            index=models.Index(condition=models.Q(('state__in', ('queued', 'deferred', 'sending'))), fields=['due_at', 'id'], name='mail_to_send'),
        ),
        migrations.AddIndex(
            model_name='outgoingemail',
            index=models.Index(condition=models.Q(('state__in', ('queued', 'deferred', 'sending'))), fields=['ticket', 'to', 'id'], name='mail_in_line'),
        ),
        migrations.AddConstraint(
            model_name='outgoingemail',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sending', 'deferred', 'sent', 'bounced', 'failed', 'cancelled'])), name='mail_state_is_known', violation_error_message='État inconnu.'),
        ),
        migrations.AddConstraint(
            model_name='outgoingemail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'deferred'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='mail_deferred_says_why', violation_error_message='Un courriel différé garde la réponse du serveur.'),
        ),
    ]
