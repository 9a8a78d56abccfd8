"""Whether this is `make soak`: it goes through all of what `make test` tries a part of."""

import os

LONG = "EXAMPLES" in os.environ
