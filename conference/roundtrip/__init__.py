"""Listings that go out to be edited in a spreadsheet and come back: what changed, what is new, what is refused."""
