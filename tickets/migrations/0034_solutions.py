"""Questions and answers drawn from requests, until a manager has judged them."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('categories', '0007_absences'),
        ('tickets', '0033_draft_follows'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Solution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=200, verbose_name='question')),
                ('answer', models.TextField(verbose_name='réponse')),
                ('state', models.CharField(choices=[('pending', 'à valider'), ('published', 'publiée'), ('declined', 'écartée')], default='pending', max_length=9, verbose_name='état')),
                ('proposed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='proposée le')),
                ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='categories.faqentry', verbose_name='question fréquente')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposée par')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='solutions', to='tickets.ticket', verbose_name='demande')),
            ],
            options={
                'verbose_name': 'solution proposée',
                'verbose_name_plural': 'solutions proposées',
                'ordering': ('proposed_at', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'published', 'declined'])), name='solution_state_is_known', violation_error_message='État inconnu.'), models.UniqueConstraint(condition=models.Q(('state', 'pending')), fields=('ticket',), name='solution_pending_once', violation_error_message='Une solution tirée de cette demande attend déjà.')],
            },
        ),
    ]
