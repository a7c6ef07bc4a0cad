from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0029_held_answer'),
    ]

    operations = [
        migrations.AddField(
            model_name='listdisplay',
            name='take_back_seconds',
            field=models.PositiveSmallIntegerField(default=15, verbose_name='temps pour reprendre une réponse (secondes)'),
        ),
    ]
