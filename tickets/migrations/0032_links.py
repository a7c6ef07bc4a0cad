"""What requests are linked to: other requests, frequent questions."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('categories', '0007_absences'),
        ('tickets', '0031_last_speaker'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TicketLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('related', 'reliée'), ('follow_up', 'suite')], default='related', max_length=9, verbose_name='nature')),
                ('is_shown', models.BooleanField(default=False, verbose_name='montrée au demandeur')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='depuis le')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reliée par')),
                ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='categories.faqentry', verbose_name='question fréquente')),
                ('other', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='linked_from', to='tickets.ticket', verbose_name='autre demande')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='tickets.ticket', verbose_name='demande')),
            ],
            options={
                'verbose_name': 'lien',
                'verbose_name_plural': 'liens',
                'ordering': ('at', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('entry__isnull', True), ('is_shown', False), ('other__isnull', False)), models.Q(('entry__isnull', False), ('kind', 'related'), ('other__isnull', True)), _connector='OR'), name='link_leads_to_one_thing', violation_error_message='Un lien mène à une demande ou à une question.'), models.CheckConstraint(condition=models.Q(('other__isnull', True), models.Q(('ticket', models.F('other')), _negated=True), _connector='OR'), name='link_leads_elsewhere', violation_error_message='Une demande ne se relie pas à elle-même.'), models.CheckConstraint(condition=models.Q(('kind__in', ['related', 'follow_up'])), name='link_kind_is_known', violation_error_message='Nature de lien inconnue.'), models.UniqueConstraint(fields=('ticket', 'other'), name='link_requests_once', violation_error_message='Ces deux demandes sont déjà reliées.'), models.UniqueConstraint(fields=('ticket', 'entry'), name='link_question_once', violation_error_message='Cette question est déjà reliée à la demande.')],
            },
        ),
    ]
