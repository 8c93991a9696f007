"""Quality objectives of a department, its divisions and its people: set, measured, judged (ISO 9001 6.2, 9.1)."""
