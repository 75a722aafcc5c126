"""What reporting reads. All of it is public: published offers and the registry's own facts."""
