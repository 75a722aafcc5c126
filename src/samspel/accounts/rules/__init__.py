"""What accounts knows without asking anybody: levels, what a federation's answer means, browsers. Plain Python."""
