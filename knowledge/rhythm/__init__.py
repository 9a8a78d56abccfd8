"""The working rhythm: which day what is to be said to whom. Pure: days, people and standings are arguments."""
