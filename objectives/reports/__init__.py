"""Reports on objectives for a period: a round, the report of each unit, and the department's one put together."""
