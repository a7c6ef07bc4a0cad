"""The staff's workbench."""
