"""A draft may be begun before its author says who she is; it keeps the form it was begun with."""

import django.db.models.deletion

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('categories', '0006_signposts'),
        ('tickets', '0004_file_verdicts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='form_version',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='categories.formversion', verbose_name='version du formulaire'),
        ),
        migrations.AddField(
            model_name='draft',
            name='revision',
            field=models.PositiveIntegerField(default=0, verbose_name='révision'),
        ),
        migrations.AddField(
            model_name='draft',
            name='visitor',
            field=models.UUIDField(blank=True, editable=False, null=True, verbose_name='visiteur'),
        ),
        migrations.AddField(
            model_name='draft',
            name='warned_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='effacement annoncé le'),
        ),
        migrations.AlterField(
            model_name='draft',
            name='owner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to=settings.AUTH_USER_MODEL, verbose_name='auteur'),
        ),
        migrations.AddIndex(
            model_name='draft',
            index=models.Index(condition=models.Q(('visitor__isnull', False)), fields=['visitor'], name='draft_of_visitor'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('owner__isnull', False), ('visitor__isnull', True)), models.Q(('owner__isnull', True), ('visitor__isnull', False)), _connector='OR'), name='draft_has_one_holder', violation_error_message='Un brouillon est celui d’une personne ou celui d’un visiteur.'),
        ),
    ]
