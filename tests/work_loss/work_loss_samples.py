"""What the tests of loss of work share: the law, published examples, histories."""

import datetime as dt
import json
from pathlib import Path

import cae_core
from cae_core.calendar import Month
from cae_core.money import to_cents
from cae_core.protection import PayHistory, PayMonth

RULES = cae_core.load()
LAW = RULES.rights
HERE = Path(__file__).parent
ROOT = HERE.parent.parent
#: Published examples, each with its source; ``source_kind`` says how far it can be trusted.
EXAMPLES = {each["id"]: each for each in json.loads((HERE / "examples.json").read_text("utf-8"))}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def on(text: str):
    """The law of a day."""
    return LAW.on(day(text))


def cents(number: object) -> int:
    """Cents of a number of the examples: JSON holds the shortest decimal, which is exact."""
    return to_cents(str(number))


def history(last: str, *euros: int) -> PayHistory:
    """The pays of consecutive months, the last one given by name."""
    month = Month.parse(last)
    first = month + (1 - len(euros))
    return PayHistory(
        [PayMonth(month=first + rank, gross_pay_cents=pay * 100) for rank, pay in enumerate(euros)]
    )


def example(name: str) -> tuple[dict, dict]:
    """The inputs of a published example, and what it expects."""
    found = EXAMPLES[name]
    return found["inputs"], found["expected"]
