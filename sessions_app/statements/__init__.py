"""What a funded project has shown in public, for those who account for it (Verwendungsnachweis)."""
