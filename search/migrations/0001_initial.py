# Columns in this order: SQLite reads a row up to the last one asked for, and `body` is long.

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("sections", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="wagtailcore.page",
                        verbose_name="page",
                    ),
                ),
                ("key", models.CharField(max_length=81, verbose_name="key")),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                (
                    "section",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="sections.section",
                        verbose_name="section",
                    ),
                ),
                ("type", models.CharField(max_length=40, verbose_name="type")),
                ("topics", models.JSONField(default=list, verbose_name="topics")),
                ("url", models.CharField(max_length=2000, verbose_name="address")),
                ("published", models.DateTimeField(verbose_name="published")),
                ("digest", models.CharField(editable=False, max_length=32)),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                ("body", models.TextField(blank=True, verbose_name="body")),
            ],
            options={
                "verbose_name": "search entry",
                "verbose_name_plural": "search entries",
                "indexes": [
                    models.Index(fields=["type", "language", "published"], name="search_by_type"),
                    models.Index(
                        fields=["section", "language", "published"], name="search_by_section"
                    ),
                    models.Index(fields=["language", "published"], name="search_by_language"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "language"), name="search_entry_once_per_language"
                    )
                ],
            },
        ),
    ]
