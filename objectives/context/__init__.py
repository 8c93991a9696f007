"""The context of the department: issues (ISO 9001 4.1), interested parties (4.2), risks and opportunities (6.1).

One register per agency. Risks and opportunities are kept apart, as the edition of 2026 has them.
"""
