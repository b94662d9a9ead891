"""Pure methods that know nothing of the organisation."""
