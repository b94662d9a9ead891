"""Written files, read back by readers that did not write them, and held against what was measured."""
