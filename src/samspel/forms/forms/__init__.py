"""What people type on the pages about forms; the forms they answer are rendered from their definitions."""
