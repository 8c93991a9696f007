"""The fictional year: a department that does not exist, for a first look, for learning and for the browser tests."""
