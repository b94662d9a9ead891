"""From an executed notebook to the files that people read: deck, summary, review page."""
