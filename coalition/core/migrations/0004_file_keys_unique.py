from django.db import migrations, models

import coalition.core.models.file_holder


class Migration(migrations.Migration):
    """By itself: PostgreSQL alters no table whose rows the same transaction has changed."""

    dependencies = [
        ("core", "0003_file_keys"),
    ]

    operations = [
        migrations.AlterField(
            model_name=name,
            name="key",
            field=models.CharField(
                default=coalition.core.models.file_holder.new_key,
                editable=False,
                max_length=100,
                unique=True,
            ),
        )
        for name in ("coalitionimage", "coalitiondocument")
    ]
