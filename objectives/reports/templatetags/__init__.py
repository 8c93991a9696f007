"""Template tags of reports on objectives."""
