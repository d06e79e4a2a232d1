"""Memory: what one core reads and writes a second, as numpy's triad a = b + s·c over arrays far larger than caches."""

import json
import sys
from time import process_time

import numpy as np

STREAMS = 3  # arrays that are read or written


def bandwidth(numbers: int, repeats: int) -> float:
    """The best of some repeats [bytes a CPU second]; two passes of numpy over three arrays each, of which one is
    written."""
    a, b, c = (np.ones(numbers) for _ in range(STREAMS))
    seconds = []
    for _ in range(repeats):
        began = process_time()
        np.multiply(c, 3.0, out=a)
        np.add(a, b, out=a)
        seconds.append(process_time() - began)
    return (STREAMS + STREAMS - 1) * a.nbytes / min(seconds)  # the first pass reads one and writes one


if __name__ == "__main__":
    print(json.dumps({"bytes_a_second": bandwidth(int(sys.argv[1]), int(sys.argv[2]))}))
