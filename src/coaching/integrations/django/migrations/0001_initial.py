"""The two tables: records, and the places where each is found."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """As it was at first."""

    initial = True

    operations: ClassVar = [
        migrations.CreateModel(
            name="StoredPlace",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "kind", "field", "named", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("field", models.CharField(max_length=30)),
                ("named", models.CharField(max_length=255)),
                ("id", models.CharField(max_length=255)),
            ],
            options={
                "verbose_name": "place",
                "db_table": "coaching_place",
            },
        ),
        migrations.CreateModel(
            name="StoredRecord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "kind", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("id", models.CharField(max_length=255)),
                ("subject", models.CharField(max_length=255, null=True)),
                ("state", models.CharField(max_length=20)),
                ("revision", models.IntegerField(null=True)),
                ("digest", models.CharField(max_length=64)),
                ("version", models.CharField(max_length=32)),
                ("text", models.TextField()),
            ],
            options={
                "verbose_name": "record",
                "db_table": "coaching_record",
                "indexes": [models.Index(fields=["subject"], name="ix_coaching_record_subject")],
            },
        ),
    ]
