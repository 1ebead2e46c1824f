"""Made-up credentials of known shapes, the same for the same seed."""

import random
import string


def slack(seed):
    rng = random.Random(seed)
    digits = "".join(rng.choice(string.digits) for _ in range(12))
    return "xo" + "xb-" + digits + "-" + digits[::-1] + "-" + "".join(rng.choice(string.ascii_letters) for _ in range(24))


def gitlab(seed):
    rng = random.Random(seed)
    return "gl" + "pat-" + "".join(rng.choice(string.ascii_letters + string.digits) for _ in range(20))
