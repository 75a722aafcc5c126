"""Counties and municipalities: places, never organizers."""

from django.db import models


class County(models.Model):
    """One of the 21 counties. The code is Statistics Sweden's, two digits (no 02, 11, 15, 16)."""

    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=100)
    sort_key = models.CharField(max_length=100, db_collation="C")
    source = models.CharField(max_length=300)
    as_of = models.DateField()

    class Meta:
        ordering = ["sort_key", "code"]

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """One of the 290 municipalities: a place. Its organizer is an Organizer of its own."""

    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=100)
    full_name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=100, db_collation="C")
    search_key = models.CharField(max_length=120)
    county = models.ForeignKey("registry.County", models.PROTECT, related_name="municipalities")
    population = models.PositiveIntegerField(null=True)
    population_year = models.PositiveSmallIntegerField(null=True)
    latitude = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    longitude = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    source = models.CharField(max_length=300)
    as_of = models.DateField()

    class Meta:
        ordering = ["sort_key", "code"]

    def __str__(self) -> str:
        return self.name
