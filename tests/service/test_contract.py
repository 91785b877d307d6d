"""The service keeps to what it says of itself in /openapi.json, by requests that schemathesis makes up."""

from __future__ import annotations

import os
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.schemas import OpenApiSchema

# `make contract` sets it to 1,000.
EXAMPLES = int(os.environ.get("CONTRACT_EXAMPLES", "40"))


@pytest.fixture(scope="module")
def described(api: httpx.Client) -> OpenApiSchema:
    """What the running service says of itself."""
    return schemathesis.openapi.from_url(f"{api.base_url}/openapi.json")


@pytest.mark.parametrize("mode", GenerationMode)
def test_replies_are_as_described_for_good_and_for_bad_requests(
    described: OpenApiSchema, mode: GenerationMode, subtests: pytest.Subtests
) -> None:
    for found in described.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if mode is GenerationMode.NEGATIVE and not operation.body:
            continue  # any text is a good path

        @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.as_strategy(generation_mode=mode))
        def check(case: schemathesis.Case[Any]) -> None:
            case.call_and_validate()

        with subtests.test(operation.label):
            check()
