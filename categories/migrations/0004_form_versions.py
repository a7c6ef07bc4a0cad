"""Forms by theme and by version, the lists of answers they share, models to download."""

import categories.models.form_version
import django.db.models.deletion
import django.utils.timezone
import uuid

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('categories', '0003_theme_sheet'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ChoiceList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='identifiant')),
                ('name', models.CharField(max_length=200, verbose_name='nom')),
            ],
            options={
                'verbose_name': 'liste de réponses',
                'verbose_name_plural': 'listes de réponses',
                'ordering': ('name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ModelDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifiant')),
                ('name', models.CharField(max_length=200, verbose_name='nom')),
                ('content', models.FileField(storage=categories.models.form_version.model_storage, upload_to=categories.models.form_version.model_name, verbose_name='contenu')),
                ('size', models.PositiveBigIntegerField(verbose_name='taille (octets)')),
                ('content_type', models.CharField(max_length=100, verbose_name='type')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='ajouté le')),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='model_documents', to='categories.category', verbose_name='thème')),
            ],
            options={
                'verbose_name': 'modèle de document',
                'verbose_name_plural': 'modèles de documents',
                'ordering': ('name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ChoiceItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, verbose_name='identifiant')),
                ('name', models.CharField(max_length=200, verbose_name='nom')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='ordre')),
                ('is_active', models.BooleanField(default=True, verbose_name='proposée')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                ('choice_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='categories.choicelist', verbose_name='liste')),
            ],
            options={
                'verbose_name': 'réponse',
                'verbose_name_plural': 'réponses',
                'ordering': ('position', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('choice_list', 'slug'), name='choice_item_once_in_a_list', violation_error_message='Cette liste a déjà une réponse de cet identifiant.')],
            },
        ),
        migrations.CreateModel(
            name='FormVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='numéro')),
                ('definition', models.JSONField(default=dict, verbose_name='définition')),
                ('revision', models.PositiveIntegerField(default=0, verbose_name='révision')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='créée le')),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='modifiée le')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='publiée le')),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='form_versions', to='categories.category', verbose_name='thème')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='publiée par')),
            ],
            options={
                'verbose_name': 'version de formulaire',
                'verbose_name_plural': 'versions de formulaire',
                'ordering': ('category', '-number', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('category', 'number'), name='form_version_number_once_a_theme', violation_error_message='Ce thème a déjà une version de ce numéro.'), models.UniqueConstraint(condition=models.Q(('published_at__isnull', True)), fields=('category',), name='form_version_one_draft_a_theme', violation_error_message='Ce thème a déjà une version en préparation.')],
            },
        ),
    ]
