"""The plan as its document states it: the model, the files that hold it, and what is wrong with them."""
