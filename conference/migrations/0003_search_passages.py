"""The search: passages of what is said, in an index of their own, so that they crowd out nothing."""

from django.db import migrations, models

SQLITE = [
    "CREATE VIRTUAL TABLE conference_search_passages_fts USING fts5("
    "title, text, tokenize = 'unicode61 remove_diacritics 2')",
]
SQLITE_BACK = ["DROP TABLE conference_search_passages_fts"]
# Without a pending list, which each search would have to read through.
POSTGRESQL = [
    "DROP INDEX conference_searchdocument_vector",
    "CREATE INDEX conference_search_things ON conference_searchdocument USING gin (vector) "
    "WITH (fastupdate = off) WHERE part = 0",
    "CREATE INDEX conference_search_passages ON conference_searchdocument USING gin (vector) "
    "WITH (fastupdate = off) WHERE part > 0",
]
POSTGRESQL_BACK = [
    "DROP INDEX conference_search_things",
    "DROP INDEX conference_search_passages",
    "CREATE INDEX conference_searchdocument_vector ON conference_searchdocument USING gin (vector)",
]


def _run(sqlite, postgresql):
    def run(apps, schema_editor):
        for statement in {"sqlite": sqlite, "postgresql": postgresql}[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("conference", "0002_search")]

    operations = [
        migrations.AddField("searchdocument", "language", models.CharField(blank=True, default="", max_length=3), False),
        migrations.AddField("searchdocument", "track_id", models.PositiveBigIntegerField(null=True)),
        migrations.AddField("searchdocument", "start_ms", models.PositiveIntegerField(default=0)),
        migrations.AddField("searchdocument", "end_ms", models.PositiveIntegerField(default=0)),
        migrations.RunPython(_run(SQLITE, POSTGRESQL), _run(SQLITE_BACK, POSTGRESQL_BACK)),
    ]
