"""The door of the payroll: what cannot be meant is refused, with what came and what was wanted."""

from decimal import Decimal

import pytest

from cae_core import AmountError, AmountTypeError, HoursPolicy, InputError, PayFacts, Rate


def of(gross="2000", **more):
    more.setdefault("workplace_accident_rate", "1.05")
    return PayFacts.of(gross, **more)


@pytest.mark.parametrize("gross", [2000, "2000", "2000.00", "2 000,00", Decimal("2000.0")])
def test_euros_come_as_int_text_or_decimal(gross):
    assert of(gross).gross_pay_cents == 200_000


@pytest.mark.parametrize(
    ("gross", "error", "message"),
    [
        (
            2000.0,
            AmountTypeError,
            r'gross_pay must be an int, a Decimal or a str, not float .*Decimal\("2000.0"\)',
        ),
        (True, AmountTypeError, "not bool"),
        (None, AmountTypeError, "not NoneType"),
        ("-1", AmountError, "must not be negative"),
        ("2000.005", AmountError, "at most two decimals"),
        ("deux mille", AmountError, "plain number"),
        ("1e3", AmountError, "plain number"),
        ("10000000.01", AmountError, "at most €10,000,000.00"),
    ],
)
def test_other_grosses_are_refused(gross, error, message):
    with pytest.raises(error, match=message):
        of(gross)


@pytest.mark.parametrize("rate", ["1.05", "1,05", "1.05 %", Decimal("1.05"), Rate(10_500)])
def test_rates_are_percents(rate):
    assert of(workplace_accident_rate=rate).workplace_accident_ppm == 10_500


@pytest.mark.parametrize(
    ("more", "error", "message"),
    [
        ({"workplace_accident_rate": 0.0105}, AmountTypeError, "workplace_accident_rate"),
        ({"mobility_rate": "101"}, AmountError, "mobility_rate must be between 0 and 100 %"),
        ({"mobility_rate": "0.00001"}, AmountError, "four decimals of a percent"),
        ({"executive": "yes"}, InputError, "executive: expected true or false"),
        ({"headcount": 0}, InputError, "headcount: expected a whole number of people"),
        ({"headcount": True}, InputError, "headcount"),
        ({"hours_policy": "guess"}, InputError, "equivalent_hours, full_time, contract_hours"),
        ({"hours_policy": "contract_hours"}, InputError, "contract_hours: the hours policy"),
        ({"employed_days": 32}, InputError, "employed_days"),
        ({"withholding": "personal"}, AmountError, "withholding"),
        ({"health_cover_employee": "-1"}, AmountError, "health_cover_employee must not be negative"),
    ],
)
def test_other_facts_are_refused(more, error, message):
    with pytest.raises(error, match=message):
        of(**more)


def test_the_accident_rate_has_no_default():
    with pytest.raises(TypeError, match="workplace_accident_rate"):
        PayFacts.of("2000")


def test_the_default_policy_is_that_of_a_cesa():
    assert of().hours_policy is HoursPolicy.EQUIVALENT_HOURS
    assert HoursPolicy.EQUIVALENT_HOURS.french_name == "équivalent-heures"
