"""What the antivirus says of a file, and the piece it stands for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('tickets', '0003_search_indexes'),
    ]

    operations = [
        migrations.AddField(
            model_name='attachment',
            name='checked_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='vérifié le'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='finding',
            field=models.CharField(blank=True, max_length=200, verbose_name='ce que l’antivirus a trouvé'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='piece',
            field=models.CharField(blank=True, help_text='Le nom de la pièce demandée par le formulaire.', max_length=80, verbose_name='pièce'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='received_sha256',
            field=models.CharField(blank=True, help_text='Quand les métadonnées d’une photographie ont été retirées : l’empreinte d’avant.', max_length=64, verbose_name='empreinte à la réception'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='verdict',
            field=models.CharField(choices=[('pending', 'en cours de vérification'), ('clean', 'sain'), ('infected', 'infecté'), ('unreadable', 'illisible'), ('unchecked', 'non vérifié')], default='pending', max_length=10, verbose_name='antivirus'),
        ),
        migrations.AddField(
            model_name='draftfile',
            name='checked_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='vérifié le'),
        ),
        migrations.AddField(
            model_name='draftfile',
            name='finding',
            field=models.CharField(blank=True, max_length=200, verbose_name='ce que l’antivirus a trouvé'),
        ),
        migrations.AddField(
            model_name='draftfile',
            name='piece',
            field=models.CharField(blank=True, help_text='Le nom de la pièce demandée par le formulaire.', max_length=80, verbose_name='pièce'),
        ),
        migrations.AddField(
            model_name='draftfile',
            name='received_sha256',
            field=models.CharField(blank=True, help_text='Quand les métadonnées d’une photographie ont été retirées : l’empreinte d’avant.', max_length=64, verbose_name='empreinte à la réception'),
        ),
        migrations.AddField(
            model_name='draftfile',
            name='verdict',
            field=models.CharField(choices=[('pending', 'en cours de vérification'), ('clean', 'sain'), ('infected', 'infecté'), ('unreadable', 'illisible'), ('unchecked', 'non vérifié')], default='pending', max_length=10, verbose_name='antivirus'),
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(condition=models.Q(('verdict', 'pending')), fields=['created_at'], name='attachment_to_check'),
        ),
    ]
