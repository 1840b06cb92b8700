"""Cases of payslips from JSON and their results: exact, strict, checked against the schemas."""

import json
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cae_core import InputError, PayFacts, assemble, load
from cae_core.exchange.payslip_json import compute_cases, read_case_list, write_results
from cae_core.explain import payslip_dict
from cae_core.plugins import plugin

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"
CASE = {
    "id": "anna",
    "month": "2026-03",
    "gross_pay": "2000.00",
    "executive": False,
    "headcount": 30,
    "workplace_accident_rate": "1.05",
    "mobility_rate": "2",
    "health_cover": {"employee": "25", "employer": "25"},
    "hours_policy": "equivalent_hours",
    "withholding": "neutral",
}


@pytest.fixture(scope="module")
def cases_schema():
    return _validator("payslip-cases.schema.json")


@pytest.fixture(scope="module")
def results_schema():
    return _validator("payslip-results.schema.json")


def _validator(name):
    schema = json.loads((SCHEMAS / name).read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def results(*cases, lang="fr", **options):
    """Compute cases as a program sends them: through JSON text, both ways."""
    found = compute_cases(load(), read_case_list(json.dumps(cases)), lang, **options)
    return json.loads("".join(write_results(found.objects)))


class TestResult:
    """Every line with its rates, amounts and texts, and the totals by their names."""

    def test_case_9_of_the_worked_payslips(self):
        (result,) = results(CASE)
        assert result["totals"] == {
            "gross_pay": "2000.00",
            "employee_contributions": "444.23",
            "employer_contributions": "913.32",
            "reductions": "629.40",
            "employer_cost": "2283.92",
            "net_before_tax": "1555.77",
            "net_social_amount": "1555.77",
            "taxable_net": "1638.48",
            "withholding": "8.19",
            "net_paid": "1547.58",
        }
        assert result["withholding"]["kind"] == "neutral"
        assert result["withholding"]["rate"] == "0.5"
        (reduction,) = result["reductions"]
        assert (reduction["coefficient"], reduction["amount"]) == ("0.3147", "629.40")
        assert (reduction["urssaf_part"], reduction["supplementary_pension_part"]) == ("534.38", "95.02")
        lines = {line["code"]: line for line in result["lines"]}
        assert lines["old_age_capped"] == {
            "code": "old_age_capped",
            "label": "Sécurité sociale plafonnée",
            "heading": "retirement",
            "base": "2000.00",
            "employee_rate": "6.9",
            "employee_share": "138.00",
            "employer_rate": "8.55",
            "employer_share": "171.00",
            "citations": lines["old_age_capped"]["citations"],
        }
        assert lines["old_age_capped"]["citations"][0]["text"] == "CSS art. D242-4 ; L241-3, al. 1"
        assert lines["health_cover"]["base"] is None
        assert result["law_on"] == "2026-03-01"
        assert result["reference_hours"] == "151.67"
        assert result["hours_policy"] == "equivalent_hours"

    def test_lines_add_up_to_the_totals(self):
        for result in results(
            CASE, {**CASE, "id": "b", "gross_pay": "6123.45", "executive": True, "headcount": 60}
        ):
            employee = sum(Decimal(line["employee_share"]) for line in result["lines"])
            employer = sum(Decimal(line["employer_share"]) for line in result["lines"])
            assert str(employee) == result["totals"]["employee_contributions"]
            assert str(employer) == result["totals"]["employer_contributions"]

    def test_the_same_cents_as_the_library(self):
        facts = PayFacts.of(
            "2345.67", headcount=60, executive=True, workplace_accident_rate="1.05", provident_employee_rate="0.5",
            provident_employer_rate="1.2", withholding="7.5", hours_policy="contract_hours", contract_hours="80.5",
            employed_days=20,
        )  # fmt: skip
        slip = load().payslip("2025-06", facts)
        (result,) = results(
            {
                "id": "x", "month": "2025-06", "gross_pay": "2345.67", "headcount": 60, "executive": True,
                "workplace_accident_rate": "1.05", "withholding": "7.5", "hours_policy": "contract_hours",
                "contract_hours": "80.5", "employed_days": 20,
                "provident_cover": {"employee_rate": "0.5", "employer_rate": "1.2"},
            }
        )  # fmt: skip
        assert result["totals"]["net_paid"] == str(slip.net_paid)
        assert result["totals"]["employer_cost"] == str(slip.employer_cost)
        assert result["withholding"]["kind"] == "personal"

    def test_json_numbers_are_exact(self):
        numbers = {**CASE, "gross_pay": 2000, "workplace_accident_rate": 1.05, "mobility_rate": 2.0}
        assert results(numbers)[0]["totals"] == results(CASE)[0]["totals"]
        (exact,) = results({**CASE, "gross_pay": 2000.10})
        assert exact["totals"]["gross_pay"] == "2000.10"

    def test_a_case_may_continue_the_year_of_another(self):
        first = {**CASE, "id": "jan", "month": "2026-01", "gross_pay": "3500"}
        second = {**CASE, "id": "feb", "month": "2026-02", "gross_pay": "2000", "after": "jan"}
        january, february = results(first, second)
        assert "error" not in january
        facts = PayFacts.of("3500", headcount=30, workplace_accident_rate="1.05", mobility_rate="2",
                            health_cover_employee="25", health_cover_employer="25")  # fmt: skip
        before = load().payslip("2026-01", facts).year_to_date
        slip = load().payslip("2026-02", facts.with_gross(200_000), year_to_date=before)
        assert february["totals"]["net_paid"] == str(slip.net_paid)
        assert february["reductions"][0]["granted_before"] == january["reductions"][0]["due_to_date"]

    def test_a_new_year_starts_afresh(self):
        december = {**CASE, "id": "dec", "month": "2025-12", "gross_pay": "6000"}
        _, january, alone = results(
            december,
            {**CASE, "id": "jan", "month": "2026-01", "after": "dec"},
            {**CASE, "id": "alone", "month": "2026-01"},
        )
        assert january["totals"] == alone["totals"]

    def test_assumptions_are_said_in_both_languages(self):
        (french,), (english,) = results(CASE), results(CASE, lang="en")
        assert len(french["assumptions"]) == len(english["assumptions"]) > 0
        assert (
            "Un mois incomplet compte ses jours, sauf si la rémunération due sans l'absence est donnée."
            in french["assumptions"]
        )
        assert not set(french["assumptions"]) & set(english["assumptions"])


class TestErrors:
    """A bad case yields an error object with its id and every problem; the others are computed."""

    def test_the_others_are_computed(self):
        good, bad, last = results(CASE, {**CASE, "id": "bad", "month": "2026-13"}, {**CASE, "id": "last"})
        assert good["totals"] == last["totals"]
        assert (bad["id"], bad["error"]["position"]) == ("bad", 2)

    @pytest.mark.parametrize(
        ("change", "key", "message"),
        [
            ({"gross_pay": "-1"}, "gross_pay", "expected zero or more, got '-1'"),
            ({"gross_pay": 2000.005}, "gross_pay", "must have at most two decimals (got 2000.005)"),
            ({"gross_pay": True}, "gross_pay", "must be an int, a Decimal or a str, not bool"),
            ({"gross_pay": None}, "gross_pay", "must be an int, a Decimal or a str, not NoneType"),
            ({"gross_pay": "two"}, "gross_pay", "must be a plain number"),
            ({"gross_pay": 10**20}, "gross_pay", "must be at most"),
            ({"month": "2026-3"}, "month", "expected a month such as 2026-03, got '2026-3'"),
            ({"month": 202603}, "month", "expected a month"),
            ({"month": "2031-01"}, "month", "the law is not known on 1 January 2031"),
            ({"month": "2018-12"}, "month", "first known day 1 January 2019"),
            ({"headcount": "30"}, "headcount", "expected a whole number of people"),
            ({"headcount": 0}, "headcount", "expected a whole number of people"),
            ({"headcount": 30.5}, "headcount", "expected a whole number of people"),
            ({"workplace_accident_rate": "100.1"}, "workplace_accident_rate", "must be between 0 and 100 %"),
            ({"executive": "no"}, "executive", "expected true or false, got 'no'"),
            ({"hours_policy": "x"}, "hours_policy", "expected one of equivalent_hours"),
            ({"hours_policy": "contract_hours"}, "contract_hours", "is missing"),
            ({"employed_days": 31, "month": "2026-02"}, "employed_days", "more days are employed"),
            ({"withholding": ""}, "withholding", "must be a plain number"),
            ({"health_cover": {"employee": "30", "employer": "20"}}, "health_cover", "less than half"),
            ({"health_cover": {"employeee": "25"}}, "health_cover.employeee", "did you mean 'employee'?"),
            ({"health_cover": "25"}, "health_cover", "expected a table of keys and values"),
            ({"provident_cover": {"employee_rate": "x"}}, "provident_cover.employee_rate", "must be a plain number"),
            ({"id": 7}, "id", "expected a text, got 7"),
            ({"gross": "2000"}, "gross", "unknown key; did you mean 'gross_pay'?"),
            ({"after": "nobody"}, "after", "expected the id of a case before this one"),
            ({"after": "anna"}, "after", "expected the id of a case before this one"),
        ],
    )  # fmt: skip
    def test_one_problem_names_its_key(self, change, key, message):
        (result,) = results({**CASE, **change}, lang="en")
        (problem,) = result["error"]["problems"]
        assert problem["key"] == key
        assert message in problem["message"]

    @pytest.mark.parametrize("key", ["id", "month", "gross_pay", "headcount", "workplace_accident_rate"])
    def test_required_keys(self, key, cases_schema):
        case = {name: value for name, value in CASE.items() if name != key}
        assert not cases_schema.is_valid([case])
        (result,) = results(case, lang="en")
        assert result["error"]["problems"] == [{"key": key, "message": "is missing"}]
        assert result["id"] == (None if key == "id" else "anna")

    def test_all_problems_of_one_case_at_once(self):
        (result,) = results({"id": "x", "gross_pay": -1, "oops": 1}, lang="en")
        assert {problem["key"] for problem in result["error"]["problems"]} == {
            "month", "gross_pay", "headcount", "workplace_accident_rate", "oops",
        }  # fmt: skip

    @pytest.mark.parametrize("content", [3, "text", None, [], True, 1.5])
    def test_what_is_no_object(self, content):
        (result,) = results(content)
        assert result["id"] is None

    def test_an_id_twice(self):
        _, second = results(CASE, CASE, lang="en")
        assert second["error"]["problems"] == [{"key": "id", "message": "'anna' is already the id of case 1"}]

    def test_a_case_after_one_that_failed(self):
        _, second = results({**CASE, "id": "a", "headcount": 0}, {**CASE, "id": "b", "after": "a"}, lang="en")
        assert second["error"]["problems"] == [{"key": "after", "message": "the case 'a' it follows failed"}]

    def test_months_out_of_order(self):
        _, second = results(CASE, {**CASE, "id": "b", "month": "2026-02", "after": "anna"}, lang="en")
        assert second["error"]["problems"][0]["key"] == "year_to_date"

    @pytest.mark.parametrize(
        "source", ["", "{", "{}", "3", "null", "[Infinity]", '[{"a": 1, "a": 2}]', b"\xff"]
    )
    def test_no_list_of_cases(self, source):
        with pytest.raises(InputError) as caught:
            read_case_list(source)
        assert caught.value.where == "input"

    @given(
        st.recursive(
            st.none()
            | st.booleans()
            | st.integers()
            | st.floats(allow_nan=False, allow_infinity=False)
            | st.text(),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*CASE, "x"]), inner),
            max_leaves=8,
        )
    )
    def test_anything_in_a_list_is_answered(self, content):
        """No content whatever raises: it is a result or an error object that the schema knows."""
        found = results(content)
        assert len(found) == 1
        _validator("payslip-results.schema.json").validate(found)


class TestReasons:
    """A variant may tell why a reduction is granted or not."""

    def test_the_schema_knows_them(self, results_schema):
        overseas = pytest.importorskip("cae_fr_overseas")
        rules = assemble({"fr": plugin("fr"), "fr-overseas": overseas})
        place = overseas.given(overseas.Place.REUNION, turnover_cents=0)
        slip = rules.payslip("2026-03", PayFacts.of("2000", workplace_accident_rate="1", given=place))
        found = json.loads(json.dumps({"id": "one", **payslip_dict(slip)}))
        assert found["reasons"][-1]["met"] is False
        results_schema.validate([found])


class TestSchemas:
    """JSON Schema 2020-12: what is read and what is written."""

    def test_good_cases_and_their_results(self, cases_schema, results_schema):
        cases = [
            CASE,
            {**CASE, "id": "min", "health_cover": {}, "gross_pay": 0},
            {
                **CASE,
                "id": "big",
                "gross_pay": "12 345,60",
                "executive": True,
                "headcount": 300,
                "apprentice_ratio": 2,
            },
            {
                **CASE,
                "id": "hours",
                "hours_policy": "contract_hours",
                "contract_hours": 75.5,
                "withholding": 12,
            },
            {**CASE, "id": "next", "after": "big", "month": "2026-04", "gross_pay": "0"},
        ]
        cases_schema.validate(cases)
        found = results(*cases)
        assert not any("error" in result for result in found)
        results_schema.validate(found)

    def test_every_month_that_is_known(self, results_schema):
        law = load().legislation
        months = [f"{year}-{month:02d}" for year in (2024, 2025, 2026) for month in range(1, 13)]
        known = [month for month in months if f"{month}-01" <= law.known_until.isoformat()]
        found = results(*({**CASE, "id": month, "month": month} for month in known))
        assert not any("error" in result for result in found)
        results_schema.validate(found)

    def test_bad_cases_have_error_objects_of_the_schema(self, cases_schema, results_schema):
        bad = [{}, {**CASE, "headcount": 0}, {**CASE, "x": 1}, {**CASE, "month": "2026-00"}, 3]
        for case in bad:
            assert not cases_schema.is_valid([case])
        found = results(*bad)
        assert all("error" in result for result in found)
        results_schema.validate(found)

    def test_a_case_with_wrong_hours_is_refused_by_both(self, cases_schema):
        case = {**CASE, "hours_policy": "contract_hours"}
        assert not cases_schema.is_valid([case])
        assert "error" in results(case)[0]


class TestBatch:
    """Thousands of cases in one call."""

    def test_five_thousand_cases(self):
        cases = [
            {
                **CASE,
                "id": f"p{rank}",
                "gross_pay": f"{1200 + rank}.{rank % 100:02d}",
                "executive": rank % 4 == 0,
            }
            for rank in range(5_000)
        ]
        source = json.dumps(cases)
        start = time.perf_counter()
        found = compute_cases(load(), read_case_list(source))
        size = sum(len(piece) for piece in write_results(found.objects))
        spent = time.perf_counter() - start
        assert (len(found.objects), found.failed) == (5_000, 0)
        assert size > 1_000_000
        # A guard against an accident, not a measure: about a second on the machine it was written on.
        assert spent < 20
        assert found.objects[100]["totals"]["gross_pay"] == "1300.00"

    def test_the_empty_list_is_a_list(self):
        assert "".join(write_results([])) == "[]\n"
