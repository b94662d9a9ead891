"""The slide deck: native, editable PowerPoint."""
