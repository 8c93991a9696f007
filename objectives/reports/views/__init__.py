"""The screens of reports on objectives."""
