"""Thin views over selectors and actions."""
