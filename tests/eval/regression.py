"""Logistic regression (Cox, 1958) over values of different scales."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

Numbers: TypeAlias = NDArray[np.float64]


def logistic(
    values: Numbers, right: NDArray[np.bool_], weights: Numbers, strength: float, stretch: Numbers
) -> tuple[float, Numbers]:
    """Intercept and coefficients, for values that are not scaled; one that is always the same counts nothing."""
    scaler = StandardScaler().fit(values)
    model = LogisticRegression(C=strength, max_iter=5_000)
    model.fit(scaler.transform(values) * stretch, right, sample_weight=weights)
    coefficients: Numbers = model.coef_[0] * stretch / scaler.scale_
    return float(model.intercept_[0] - coefficients @ scaler.mean_), coefficients
