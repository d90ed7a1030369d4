"""Forms: an act as the fields of a page, what the page sends as arguments, and what is wrong at its fields."""
