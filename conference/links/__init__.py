"""Care for links: which addresses outside this site the content names, and whether they still lead somewhere."""
