# `body` stays the last column (see 0001): it is written to a new one behind `picture` and `facets`.

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0003_entry_picture")]

    operations = [
        migrations.AddField(
            model_name="searchentry",
            name="facets",
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="searchentry",
            name="last",
            field=models.TextField(blank=True, default="", verbose_name="body"),
            preserve_default=False,
        ),
        migrations.RunSQL(
            "UPDATE search_searchentry SET last = body", "UPDATE search_searchentry SET body = last"
        ),
        migrations.RemoveField(model_name="searchentry", name="body"),
        migrations.RenameField(model_name="searchentry", old_name="last", new_name="body"),
    ]
