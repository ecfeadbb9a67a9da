"""A page shown before its time to somebody without an account: by a link that is signed, ends, and can be revoked."""
