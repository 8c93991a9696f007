"""Forms: types and words. What is allowed and what is written is asked of `actions`."""
