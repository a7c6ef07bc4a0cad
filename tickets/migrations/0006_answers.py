"""The answers to the form of the theme."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('categories', '0006_signposts'),
        ('tickets', '0005_drafts_of_visitors'),
    ]

    operations = [
        migrations.CreateModel(
            name='TicketAnswers',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('values', models.JSONField(default=dict, verbose_name='réponses')),
                ('absences', models.JSONField(default=dict, verbose_name='pièces absentes')),
                ('beneficiary', models.JSONField(default=dict, verbose_name='pour le compte de')),
            ],
            options={
                'verbose_name': 'réponses au formulaire',
                'verbose_name_plural': 'réponses aux formulaires',
            },
        ),
        migrations.AddField(
            model_name='ticket',
            name='form_version',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='categories.formversion', verbose_name='version du formulaire'),
        ),
        migrations.AddField(
            model_name='ticket',
            name='is_incomplete',
            field=models.BooleanField(default=False, help_text='Une pièce exigée par un texte manquait au dépôt.', verbose_name='incomplète'),
        ),
        migrations.AddField(
            model_name='ticket',
            name='terms_version',
            field=models.CharField(blank=True, editable=False, max_length=20, verbose_name='conditions d’utilisation acceptées'),
        ),
        migrations.AddField(
            model_name='ticketanswers',
            name='ticket',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='tickets.ticket', verbose_name='demande'),
        ),
    ]
