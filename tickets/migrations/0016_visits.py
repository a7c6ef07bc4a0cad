"""Which requests somebody opened, and her bookmarks."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0015_approve_by_of_closed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='ouverte le')),
                ('bookmarked_at', models.DateTimeField(blank=True, null=True, verbose_name='signet posé le')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to=settings.AUTH_USER_MODEL, verbose_name='personne')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='tickets.ticket', verbose_name='demande')),
            ],
            options={
                'verbose_name': 'visite',
                'verbose_name_plural': 'visites',
                'ordering': ('-at', '-pk'),
                'indexes': [models.Index(fields=['person', '-at', '-id'], name='visit_latest')],
                'constraints': [models.UniqueConstraint(fields=('person', 'ticket'), name='visit_is_unique', violation_error_message='Une visite par personne et par demande.')],
            },
        ),
    ]
