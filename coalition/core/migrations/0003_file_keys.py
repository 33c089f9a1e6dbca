from typing import Any

from django.db import migrations, models

import coalition.core.models.file_holder

HOLDERS = ("coalitionimage", "coalitiondocument")


def give_keys(apps: Any, schema_editor: Any) -> None:
    """Files that are there already get a key of their own each."""
    for name in HOLDERS:
        model = apps.get_model("core", name)
        for pk in model.objects.filter(key=None).values_list("pk", flat=True).iterator():
            model.objects.filter(pk=pk).update(key=coalition.core.models.file_holder.new_key())


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0002_files"),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name="imported_hash",
                field=models.CharField(blank=True, default="", editable=False, max_length=40),
                preserve_default=False,
            )
            for name in HOLDERS
        ),
        *(
            migrations.AddField(
                model_name=name,
                name="key",
                field=models.CharField(editable=False, max_length=100, null=True),
            )
            for name in HOLDERS
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
    ]
