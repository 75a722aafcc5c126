"""What changes schemes and their editions."""
