"""Questions, answers, and what readers say of them."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('categories', '0004_form_versions'),
    ]

    operations = [
        migrations.CreateModel(
            name='FaqEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='identifiant')),
                ('title', models.CharField(max_length=200, verbose_name='question ou rubrique')),
                ('body', models.TextField(blank=True, help_text='En Markdown ; vide pour une rubrique.', verbose_name='réponse')),
                ('audience', models.CharField(choices=[('everybody', 'tout le monde'), ('signed_in', 'les personnes connectées'), ('theme_users', 'celles à qui le thème s’adresse'), ('handlers', 'les gestionnaires du thème')], default='everybody', max_length=12, verbose_name='lecteurs')),
                ('synonyms', models.TextField(blank=True, verbose_name='synonymes')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='ordre')),
                ('is_published', models.BooleanField(default=True, verbose_name='publiée')),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='mise à jour le')),
                ('categories', models.ManyToManyField(blank=True, related_name='faq_entries', to='categories.category', verbose_name='thèmes')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='children', to='categories.faqentry', verbose_name='parent')),
            ],
            options={
                'verbose_name': 'question fréquente',
                'verbose_name_plural': 'questions fréquentes',
                'ordering': ('position', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='FaqFeedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('helpful', 'utile'), ('unhelpful', 'pas utile'), ('deflection', 'a répondu à la place d’une demande')], max_length=10, verbose_name='avis')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date')),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='categories.category', verbose_name='thème')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='feedback', to='categories.faqentry', verbose_name='question')),
            ],
            options={
                'verbose_name': 'avis sur une question',
                'verbose_name_plural': 'avis sur les questions',
                'indexes': [models.Index(fields=['entry', 'kind'], name='faq_feedback_by_entry')],
            },
        ),
    ]
