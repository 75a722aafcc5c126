"""Forms of the registry, one module per page or group of pages."""
