"""Foreign formats of programmes, a file each: bytes ⇄ `Programme`, without a database."""
