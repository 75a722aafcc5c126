"""What forms know without a database: definitions, values, conditions, checks, differences, what is personal."""
