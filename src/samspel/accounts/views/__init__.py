"""Pages of accounts: logging in and out, the own work and account, the demo's people."""
