"""What the search knows: the words of each thing that can be published, and every word there is.

The index the database searches in stands beside: an FTS5 table on SQLite, a column on PostgreSQL, both made by a
migration and written by `conference.search.index` alone. Whether something is public is not stored here: the wall
decides it with each search.
"""

from django.db import models

WORD_LENGTH = 64


class SearchDocumentQuerySet(models.QuerySet):
    def of(self, thing):
        """The documents of one thing."""
        return self.filter(kind=thing._meta.label_lower, object_id=thing.pk)

    def passages(self):
        """What is said in something, not the thing itself."""
        return self.filter(part__gt=0)


class SearchDocument(models.Model):
    """A thing, or a passage of one, as the search sees it: plain words, nothing of its neighbours."""

    kind = models.CharField(max_length=80)
    object_id = models.PositiveBigIntegerField()
    # 0 is the thing itself; passages of it (the sentences of a recording) count from 1.
    part = models.PositiveIntegerField(default=0)
    # Of a passage: its language, the text track it comes from, and from when to when it is said.
    language = models.CharField(max_length=3, blank=True)
    track_id = models.PositiveBigIntegerField(null=True)
    start_ms = models.PositiveIntegerField(default=0)
    end_ms = models.PositiveIntegerField(default=0)
    title = models.TextField()
    text = models.TextField()

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "part"], name="search_document_is_unique"),
        ]

    def __str__(self):
        return self.title


class SearchTermQuerySet(models.QuerySet):
    def completing(self, beginning: str):
        """The stems of words that begin like this, where the stem alone does not."""
        words = self.filter(word__startswith=beginning).exclude(stem__startswith=beginning)
        return words.values_list("stem", flat=True).distinct().order_by("stem")

    def near(self, words):
        """Words that share a third with one of these (word, mistakes) and are about as long: one or two mistakes leave
        a third of a word as it was, nearly always."""
        rule = models.Q(pk__in=[])
        for word, mistakes in words:
            first, second = len(word) // 3, len(word) - len(word) // 3
            shared = models.Q(word__startswith=word[:first]) | models.Q(word__endswith=word[second:])
            shared |= models.Q(word__contains=word[first:second])
            rule |= models.Q(length__range=(len(word) - mistakes, len(word) + mistakes)) & shared
        return self.filter(rule)


class SearchTerm(models.Model):
    """A word that stands in some document, public or not: never shown unless a public document has it too."""

    word = models.CharField(max_length=WORD_LENGTH, primary_key=True)
    stem = models.CharField(max_length=WORD_LENGTH)
    length = models.PositiveSmallIntegerField(db_index=True)

    objects = SearchTermQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.word
