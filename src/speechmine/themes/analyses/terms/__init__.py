"""Terms over the years: phrases, first and last years, what comes and what goes."""
