"""Up to which event each member of staff has seen a request."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('tickets', '0018_saved_views'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReadMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField(verbose_name='dernier événement vu')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lecteur')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='read_marks', to='tickets.ticket', verbose_name='demande')),
            ],
            options={
                'verbose_name': 'marque de lecture',
                'verbose_name_plural': 'marques de lecture',
                'constraints': [models.UniqueConstraint(fields=('person', 'ticket'), name='read_mark_is_unique', violation_error_message='Une personne n’a qu’une marque de lecture par demande.')],
            },
        ),
    ]
