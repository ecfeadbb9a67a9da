"""Two records that are one: everything that names either names one of them, and one press takes it back."""
