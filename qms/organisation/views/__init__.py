"""Screens: thin functions; what they read is in `listing` and `selectors`, what they write in `actions`."""
