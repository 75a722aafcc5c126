"""Values without a database: identifiers, periods, sorting. Pure: no Django here."""
