"""Find the row of a stored content: the sweep of contents without rows asks for each."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('tickets', '0008_file_checks'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(fields=['content'], name='attachment_by_content'),
        ),
    ]
