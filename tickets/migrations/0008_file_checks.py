"""When a file is to be checked again, and whether a photograph kept its metadata."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('tickets', '0007_draft_tab'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='attachment',
            name='attachment_to_check',
        ),
        migrations.AddField(
            model_name='attachment',
            name='check_after',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='à vérifier après'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='keeps_metadata',
            field=models.BooleanField(default=False, help_text='Les métadonnées de cette photographie (lieu, appareil) n’ont pas pu être retirées.', verbose_name='garde ses métadonnées'),
        ),
        migrations.AddField(
            model_name='draftfile',
            name='check_after',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='à vérifier après'),
        ),
        migrations.AddField(
            model_name='draftfile',
            name='keeps_metadata',
            field=models.BooleanField(default=False, help_text='Les métadonnées de cette photographie (lieu, appareil) n’ont pas pu être retirées.', verbose_name='garde ses métadonnées'),
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(condition=models.Q(('verdict__in', ('pending', 'unchecked'))), fields=['check_after'], name='attachment_to_check'),
        ),
    ]
