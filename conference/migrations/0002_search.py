"""The search: its documents and words, and the database's own index beside them."""

from django.db import migrations, models

# An FTS5 table holds its own copy of the stems; `unicode61` only has to part them at spaces. No triggers: Django
# rebuilds SQLite tables when a column changes and would drop them silently. Python writes both in one transaction.
SQLITE = [
    "CREATE VIRTUAL TABLE conference_search_fts USING fts5(title, text, tokenize = 'unicode61 remove_diacritics 2')",
]
SQLITE_BACK = ["DROP TABLE conference_search_fts"]
POSTGRESQL = [
    "ALTER TABLE conference_searchdocument ADD COLUMN vector tsvector",
    "CREATE INDEX conference_searchdocument_vector ON conference_searchdocument USING gin (vector)",
]
POSTGRESQL_BACK = ["ALTER TABLE conference_searchdocument DROP COLUMN vector"]


def _run(sqlite, postgresql):
    def run(apps, schema_editor):
        for statement in {"sqlite": sqlite, "postgresql": postgresql}[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("conference", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=80)),
                ("object_id", models.PositiveBigIntegerField()),
                ("part", models.PositiveIntegerField(default=0)),
                ("title", models.TextField()),
                ("text", models.TextField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "object_id", "part"), name="search_document_is_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchTerm",
            fields=[
                ("word", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("stem", models.CharField(max_length=64)),
                ("length", models.PositiveSmallIntegerField(db_index=True)),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunPython(_run(SQLITE, POSTGRESQL), _run(SQLITE_BACK, POSTGRESQL_BACK)),
    ]
