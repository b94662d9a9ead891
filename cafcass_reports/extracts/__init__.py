"""Read, check and type the extracts."""
