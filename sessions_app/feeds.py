"""What is new."""

from django.contrib.syndication.views import Feed


class NewFeed(Feed):
    pass
