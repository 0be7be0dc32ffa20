"""What Spark raises is told in one sentence that says how to mend it."""

from __future__ import annotations

from readiness.responses.engines.spark_faults import told


def test_a_plan_too_deep_for_a_protobuf_that_was_loaded_before() -> None:
    error = Exception("Error parsing message with type 'spark.connect.Expression': Exceeded upb_DecodeOptions_MaxDepth")
    assert str(told(error, "sc://host", None)) == (
        "sc://host: the plan nests deeper than the protobuf takes that was loaded before; "
        "set PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION=python before Python is started"
    )
