"""Systems of somebody else, as one finds them: nothing here knows the library."""
