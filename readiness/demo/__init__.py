"""A company that does not exist, answering: an engagement to try everything out on.

The company is data (`company/`, `profiles.yaml`); the code only draws its answers, always the same ones.
"""

from readiness.demo.record import Record
from readiness.demo.writing import write_demo

__all__ = ["Record", "write_demo"]
