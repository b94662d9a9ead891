"""A synthetic organisation whose measured figures are those of the published papers."""
