"""Programs that do the same work as ours behind the same nginx: C with libfcgi, and PHP."""
