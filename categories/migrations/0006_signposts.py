"""What is done elsewhere."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('categories', '0005_faq'),
    ]

    operations = [
        migrations.CreateModel(
            name='Signpost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='identifiant')),
                ('title', models.CharField(max_length=200, verbose_name='titre')),
                ('body', models.TextField(help_text='En Markdown.', verbose_name='explication')),
                ('url', models.URLField(blank=True, max_length=300, verbose_name='adresse où aller')),
                ('url_label', models.CharField(blank=True, max_length=120, verbose_name='nom de cette adresse')),
                ('synonyms', models.TextField(blank=True, verbose_name='synonymes')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='ordre')),
                ('is_published', models.BooleanField(default=True, verbose_name='publiée')),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='mise à jour le')),
            ],
            options={
                'verbose_name': 'démarche à faire ailleurs',
                'verbose_name_plural': 'démarches à faire ailleurs',
                'ordering': ('position', 'pk'),
            },
        ),
    ]
