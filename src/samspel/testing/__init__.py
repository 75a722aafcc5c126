"""What tests stand on: a real database cloned per worker, a real browser, a real mail server, official files."""
