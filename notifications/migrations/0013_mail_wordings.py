"""Words of mails by theme and by message, with each of their versions."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('categories', '0010_time_asked'),
        ('notifications', '0012_mails_held'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MailWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message', models.CharField(max_length=40, verbose_name='modèle')),
                ('texts', models.JSONField(blank=True, default=dict, verbose_name='textes')),
                ('is_in_force', models.BooleanField(default=True, verbose_name='en vigueur')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='version')),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='modifié le')),
                ('category', models.ForeignKey(blank=True, help_text='Vide : tous les thèmes.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='categories.category', verbose_name='thème')),
            ],
            options={
                'verbose_name': 'texte de courriel',
                'verbose_name_plural': 'textes de courriels',
                'ordering': ('message', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='MailWordingVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date')),
                ('texts', models.JSONField(blank=True, default=dict, verbose_name='textes')),
                ('is_in_force', models.BooleanField(default=True, verbose_name='en vigueur')),
                ('restores', models.PositiveIntegerField(blank=True, null=True, verbose_name='reprend la version')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='auteur')),
                ('wording', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='notifications.mailwording', verbose_name='texte de courriel')),
            ],
            options={
                'verbose_name': 'version d’un texte de courriel',
                'verbose_name_plural': 'versions de textes de courriels',
                'ordering': ('-number', 'pk'),
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='mailwording',
            constraint=models.UniqueConstraint(fields=('message', 'category'), name='mail_wording_is_one_a_theme', violation_error_message='Ce thème a déjà un texte pour ce courriel.'),
        ),
        migrations.AddConstraint(
            model_name='mailwording',
            constraint=models.UniqueConstraint(condition=models.Q(('category__isnull', True)), fields=('message',), name='mail_wording_is_one_for_all', violation_error_message='Un texte existe déjà pour tous les thèmes.'),
        ),
        migrations.AddConstraint(
            model_name='mailwordingversion',
            constraint=models.UniqueConstraint(fields=('wording', 'number'), name='mail_wording_version_is_unique', violation_error_message='Deux versions d’un texte ne peuvent avoir le même numéro.'),
        ),
    ]
