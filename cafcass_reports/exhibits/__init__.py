"""What is shown: charts, tables and commentary as frozen objects that a notebook displays."""
