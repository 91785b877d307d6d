"""What the encoder has learned is added to the model that it belongs to, and to no other."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import ModelError, embed
from index.adapter import Adapter, Change, adapter_of, apply_changes, fitted_adapter, read_adapter
from index.embed import DEFAULT_MODEL, bare_digest, find_model, known_digest, model_digest
from service.reader import fitted_network


@pytest.mark.model
def test_it_belongs_to_the_packaged_model() -> None:
    model = find_model(DEFAULT_MODEL)
    adapter = adapter_of(bare_digest(model))
    assert adapter is fitted_adapter()
    assert adapter.changes
    assert bare_digest(model) != model_digest(model) == known_digest(DEFAULT_MODEL)


def test_the_reader_was_fitted_to_the_encoder_as_it_is() -> None:
    assert fitted_network()[0] == known_digest(DEFAULT_MODEL)


@pytest.mark.parametrize("failure", [ModelError("not there"), ImportError("no hub")])
def test_of_a_model_that_is_not_there_only_the_packaged_one_is_known(
    monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    def missing(name: str) -> Path:
        raise failure

    monkeypatch.setattr(embed, "find_model", missing)
    assert known_digest(DEFAULT_MODEL) == fitted_network()[0]
    assert known_digest("another") == ""


def test_another_model_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    assert adapter_of(bare_digest(tmp_path)) is None
    assert model_digest(tmp_path) == bare_digest(tmp_path)


def test_a_layer_gets_the_product_of_both_added() -> None:
    torch = pytest.importorskip("torch")
    chance = np.random.default_rng(1)
    change = Change(*(chance.standard_normal(shape).astype(np.float32) for shape in ((5, 2), (2, 3))))
    model = torch.nn.ModuleDict({"inner": torch.nn.ModuleDict({"dense": torch.nn.Linear(5, 3)})})
    read = torch.ones(1, 5)
    before = model["inner"]["dense"](read).detach().numpy()
    apply_changes({"dense": change}, model)
    after = model["inner"]["dense"](read).detach().numpy()
    with pytest.raises(ModelError, match="'another'"):
        apply_changes({"another": change}, model)
    assert after - before == pytest.approx(np.ones((1, 5)) @ change.down @ change.up, abs=1e-5)


@pytest.mark.model
def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    from tests.eval import fit_models

    chance = np.random.default_rng(2)
    change = Change(*(chance.standard_normal(shape).astype(np.float32) for shape in ((6, 2), (2, 4))))
    fit_models.write_adapter(Adapter("a model", "", {"encoder.layer.0": change}), tmp_path / "adapter.json")
    found = read_adapter(tmp_path / "adapter.json")
    assert found.model == "a model"
    assert len(found.digest) == 64
    for ours, theirs in (
        (found.changes["encoder.layer.0"].down, change.down),
        (found.changes["encoder.layer.0"].up, change.up),
    ):
        # Rounded to 127 steps.
        np.testing.assert_allclose(ours, theirs, atol=np.abs(theirs).max() / 127)
