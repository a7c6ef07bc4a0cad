"""Ways of narrowing the list, kept under a name."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('tickets', '0017_abuse'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='nom')),
                ('query', models.TextField(blank=True, verbose_name='recherche')),
                ('is_shared', models.BooleanField(default=False, verbose_name='partagée')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='enregistrée le')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL, verbose_name='propriétaire')),
            ],
            options={
                'verbose_name': 'vue enregistrée',
                'verbose_name_plural': 'vues enregistrées',
                'ordering': ('name', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('owner', 'name'), name='saved_view_name_is_unique', violation_error_message='Vous avez déjà une vue de ce nom : choisissez-en un autre.')],
            },
        ),
    ]
