"""Settings that every test shares."""

from hypothesis import settings

# The first call of a kernel compiles it, which no deadline allows for. The same examples in each run: what passes here
# passes there.
settings.register_profile("neamig", deadline=None, derandomize=True, database=None)
settings.load_profile("neamig")
