"""What editors type: a form's own words, its sections, questions, options, columns and conditions."""
