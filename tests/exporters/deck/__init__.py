"""A package, so that test modules here may be named like those of other rooms."""
