"""What the tests of statuses share. Expected figures come from texts, published pages and public simulators."""

import datetime as dt

import cae_core
from cae_core.france.law_on import LawOn
from cae_core.protection import PayHistory, assess

RULES = cae_core.load()
LAW = RULES.rights


def day(text):
    return dt.date.fromisoformat(text)


def on(text, **more):
    """The law of a day."""
    return LawOn(LAW, day(text), **more)


def euros(cents):
    """Whole euros, where there are no cents."""
    assert cents % 100 == 0, cents
    return cents // 100


def ask(right, when, person, **more):
    """The answer of a right of the self-employed."""
    return assess(right, PayHistory(()), when, person, law=LAW, **more)


def amount(finding, code):
    return next(each.value for each in finding.amounts if each.code == code)


def reason(finding, code):
    return next(each for each in finding.reasons if each.code == code)
