"""The decision is fitted twice for what is read, and one threshold fits both."""

from __future__ import annotations

import json
from importlib import resources
from types import SimpleNamespace

import numpy as np
import pytest

pytest.importorskip("sklearn")

from tests.eval import fit_decision
from tests.eval.fit_decision import Weighed, decisions

_COUNT = 600


def _weighed(closely: float) -> Weighed:
    """Questions of which the reader knows half as much as the cross-encoder, which knows so much."""
    chance = np.random.default_rng(0)
    answerable = chance.random(_COUNT) < 0.5
    kinds = np.where(answerable, "fact", np.where(chance.random(_COUNT) < 0.5, "removed", "unanswerable"))
    kinds[np.flatnonzero(~answerable)[:9]] = "offtopic"
    asked = tuple(
        SimpleNamespace(answerable=bool(own), kind=str(kind), file=f"{n % 30}.md")
        for n, (own, kind) in enumerate(zip(answerable, kinds, strict=True))
    )
    values = chance.standard_normal((_COUNT, len(fit_decision._SIGNALS) + len(fit_decision._READ_CLOSELY)))
    values[:, -3] += answerable * closely / 2
    values[:, -1] += answerable * closely
    return Weighed(asked, np.ones(_COUNT), values)  # type: ignore[arg-type]


def test_what_is_read_closely_has_a_say_in_its_own_fit_alone() -> None:
    read = _weighed(3.0)
    made = decisions(read, read)
    assert made["read"]["threshold"] == made["closely"]["threshold"]
    assert set(made["read"]["reading"]) == {"any", "best"}
    assert made["closely"]["reading"]["closely"] > made["closely"]["reading"]["any"] > 0
    assert made["unread"]["reading"] == {}
    # Not fitted.
    assert made["read"]["weights"]["lacking"] == made["closely"]["weights"]["lacking"] == -3.0


def test_the_threshold_declines_the_share_that_is_wanted() -> None:
    read = _weighed(3.0)
    likely = fit_decision._unseen_read(read)
    answerable = fit_decision._answerable(read)
    threshold = fit_decision._threshold(read, likely, 0.055)
    assert (likely[answerable] < threshold).mean() == pytest.approx(0.055, abs=0.005)


def test_what_is_not_doubtful_is_decided_without_what_is_read_closely(monkeypatch: pytest.MonkeyPatch) -> None:
    read = _weighed(3.0)
    whole, plain = (fit_decision._unseen(read, of) for of in (fit_decision._READ_CLOSELY, fit_decision._READ))
    monkeypatch.setattr(fit_decision, "DOUBTFUL", -1.0)
    assert np.array_equal(fit_decision._unseen_read(read), plain)
    monkeypatch.setattr(fit_decision, "DOUBTFUL", 99.0)
    assert np.array_equal(fit_decision._unseen_read(read), whole)


def test_what_is_kept_is_what_is_fitted() -> None:
    kept = json.loads(resources.files("service").joinpath("abstain.json").read_text(encoding="utf-8"))
    made = decisions(_weighed(1.0), _weighed(1.0))
    assert kept.keys() == made.keys()
    assert kept["cross"] == made["cross"]
    assert kept["closely"]["weights"].keys() == made["closely"]["weights"].keys()
