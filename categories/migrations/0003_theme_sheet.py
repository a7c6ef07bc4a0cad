"""What a theme says of itself and of the handling of its requests."""

import django.db.models.deletion

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('categories', '0002_silence_delay_is_known'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='category',
            name='alias_of',
            field=models.ForeignKey(blank=True, help_text='Une seconde place dans l’arbre, qui mène au même thème.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='categories.category', verbose_name='autre place du thème'),
        ),
        migrations.AddField(
            model_name='category',
            name='assignment_rule',
            field=models.CharField(choices=[('nobody', 'personne : la demande attend d’être prise'), ('first_available', 'le premier gestionnaire disponible'), ('in_turn', 'chacun son tour'), ('least_loaded', 'le gestionnaire le moins chargé')], default='nobody', max_length=15, verbose_name='attribution à l’arrivée'),
        ),
        migrations.AddField(
            model_name='category',
            name='closes_on',
            field=models.DateField(blank=True, help_text='Dernier jour compris, heure de Paris.', null=True, verbose_name='ouvert jusqu’au'),
        ),
        migrations.AddField(
            model_name='category',
            name='default_priority',
            field=models.PositiveSmallIntegerField(choices=[(1, 'basse'), (2, 'normale'), (3, 'haute'), (4, 'urgente')], default=2, verbose_name='priorité à l’arrivée'),
        ),
        migrations.AddField(
            model_name='category',
            name='mailbox',
            field=models.EmailField(blank=True, help_text='Facultative : reçoit l’annonce des nouvelles demandes, jamais leur contenu.', max_length=254, verbose_name='boîte du service'),
        ),
        migrations.AddField(
            model_name='category',
            name='next_review_on',
            field=models.DateField(blank=True, null=True, verbose_name='prochaine relecture'),
        ),
        migrations.AddField(
            model_name='category',
            name='opens_on',
            field=models.DateField(blank=True, null=True, verbose_name='ouvert à partir du'),
        ),
        migrations.AddField(
            model_name='category',
            name='owner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='personne qui tient la fiche'),
        ),
        migrations.AddField(
            model_name='category',
            name='redirect_to',
            field=models.ForeignKey(blank=True, help_text='Le thème qui remplace celui-ci : les anciens liens y mènent.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='categories.category', verbose_name='renvoyer vers'),
        ),
        migrations.AddField(
            model_name='category',
            name='retention_months',
            field=models.PositiveSmallIntegerField(default=60, help_text='Durée de conservation après la fin de la demande, en mois.', verbose_name='conservation (mois)'),
        ),
        migrations.AddField(
            model_name='category',
            name='summary',
            field=models.TextField(blank=True, help_text='À qui ce thème s’adresse et ce qu’il permet, en quelques phrases, pour le demandeur.', verbose_name='présentation'),
        ),
        migrations.AddField(
            model_name='category',
            name='synonyms',
            field=models.TextField(blank=True, help_text='Les mots des demandeurs, une expression par ligne ; la recherche les connaît.', verbose_name='synonymes'),
        ),
    ]
