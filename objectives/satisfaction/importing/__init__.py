"""Exports of the one-stop system: read (`tables`), understood (`columns`), checked (`checking`), saved (`saving`)."""
