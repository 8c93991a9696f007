"""Satisfaction of people served (ISO 9001 9.1.2): surveys per period, their import, results, figures for objectives."""
