"""What is counted, and how: the catalogue of metrics and the query that measures it."""
