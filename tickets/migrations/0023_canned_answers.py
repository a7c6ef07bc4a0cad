"""Answers written once and used many times, with each of their versions."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('categories', '0006_signposts'),
        ('tickets', '0022_orders_of_the_list'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CannedAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(choices=[('everywhere', 'tous les gestionnaires'), ('service', 'un service'), ('theme', 'un thème et ceux au-dessous'), ('personal', 'moi seulement')], max_length=10, verbose_name='proposée à')),
                ('title', models.CharField(max_length=120, verbose_name='titre')),
                ('text', models.TextField(verbose_name='texte')),
                ('is_offered', models.BooleanField(default=True, verbose_name='proposée')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='version')),
                ('use_count', models.PositiveIntegerField(default=0, editable=False, verbose_name='utilisations')),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='modifiée le')),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='categories.category', verbose_name='thème')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='propriétaire')),
                ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='categories.service', verbose_name='service')),
            ],
            options={
                'verbose_name': 'réponse type',
                'verbose_name_plural': 'réponses types',
                'ordering': ('title', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='CannedAnswerVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('title', models.CharField(max_length=120, verbose_name='titre')),
                ('text', models.TextField(verbose_name='texte')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date')),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='tickets.cannedanswer', verbose_name='réponse type')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='auteur')),
            ],
            options={
                'verbose_name': 'version d’une réponse type',
                'verbose_name_plural': 'versions de réponses types',
                'ordering': ('-number', 'pk'),
            },
        ),
        migrations.AddConstraint(
            model_name='cannedanswer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('category__isnull', True), ('owner__isnull', True), ('scope', 'everywhere'), ('service__isnull', True)), models.Q(('category__isnull', True), ('owner__isnull', True), ('scope', 'service'), ('service__isnull', False)), models.Q(('category__isnull', False), ('owner__isnull', True), ('scope', 'theme'), ('service__isnull', True)), models.Q(('category__isnull', True), ('owner__isnull', False), ('scope', 'personal'), ('service__isnull', True)), _connector='OR'), name='canned_answer_belongs_where_it_says', violation_error_message='Choisissez le service ou le thème qui va avec « proposée à », et lui seul.'),
        ),
        migrations.AddConstraint(
            model_name='cannedanswerversion',
            constraint=models.UniqueConstraint(fields=('answer', 'number'), name='canned_answer_version_is_unique', violation_error_message='Deux versions d’une réponse ne peuvent avoir le même numéro.'),
        ),
    ]
