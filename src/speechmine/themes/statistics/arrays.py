"""The kinds of arrays that statistics take and give."""

import numpy as np
import numpy.typing as npt

__all__ = ["Floats", "Ints"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
