"""The French tables hold the values of the texts, on the day before and the day of each change.

Expected values were written by hand from the texts named beside them.
"""

import datetime as dt
from importlib.resources import files

import pytest

from cae_core.errors import LawNotKnownError
from cae_core.law import Legislation, load_parameters

FAMILIES = [
    "ceiling",
    "cover",
    "csg",
    "general_reduction",
    "health_family",
    "levies",
    "minimum_wage",
    "old_age",
    "supplementary_pension",
    "unemployment",
    "withholding",
]
TABLES = files("cae_core.france") / "tables"
PARAMETERS = load_parameters([TABLES / f"{family}.toml" for family in FAMILIES])
FIRST, LAST = dt.date(2019, 1, 1), dt.date(2026, 7, 31)
LAW = Legislation(PARAMETERS, FIRST, LAST)

#: The names formulas and contribution rows rely on.
NAMES = {
    "agirc_arrco_t1_employee_rate",
    "agirc_arrco_t1_employer_rate",
    "agirc_arrco_t2_employee_rate",
    "agirc_arrco_t2_employer_rate",
    "ags_rate",
    "apec_employee_rate",
    "apec_employer_rate",
    "apprenticeship_balance_rate",
    "apprenticeship_rate",
    "apprenticeship_supplement_headcount",
    "apprenticeship_supplement_scale",
    "apprenticeship_supplement_scale_from_2000",
    "apprenticeship_supplement_upper_headcount",
    "apprenticeship_yearly_rate",
    "bracket_2_ceilings",
    "capped_base_ceilings",
    "ceg_t1_employee_rate",
    "ceg_t1_employer_rate",
    "ceg_t2_employee_rate",
    "ceg_t2_employer_rate",
    "cet_employee_rate",
    "cet_employer_rate",
    "construction_headcount",
    "construction_rate",
    "crds_rate",
    "csg_abatement_ceilings",
    "csg_abatement_rate",
    "csg_deductible_rate",
    "csg_non_deductible_rate",
    "family_rate",
    "family_reduced_rate",
    "family_reduced_rate_multiple",
    "fnal_headcount",
    "fnal_rate_capped",
    "fnal_rate_uncapped",
    "forfait_social_cover_rate",
    "forfait_social_headcount",
    "full_time_hours_monthly",
    "full_time_hours_yearly",
    "general_reduction_delta_small",
    "general_reduction_delta_large",
    "general_reduction_divisor",
    "general_reduction_exit_multiple",
    "general_reduction_headcount",
    "general_reduction_maximum_small",
    "general_reduction_maximum_large",
    "general_reduction_minimum_coefficient",
    "general_reduction_minimum_wage_hourly",
    "general_reduction_power",
    "general_reduction_supplementary_pension_share",
    "general_reduction_unemployment_maximum",
    "general_reduction_unemployment_pension_share",
    "health_cover_employer_minimum_share",
    "health_rate",
    "health_reduced_rate",
    "health_reduced_rate_multiple",
    "minimum_wage_hourly",
    "mobility_headcount",
    "old_age_capped_employee_rate",
    "old_age_capped_employer_rate",
    "old_age_uncapped_employee_rate",
    "old_age_uncapped_employer_rate",
    "provident_executive_minimum_rate",
    "reduced_rates_current_minimum_wage_multiple",
    "reduced_rates_minimum_wage_hourly",
    "social_dialogue_rate",
    "social_security_ceiling_monthly",
    "solidarity_autonomy_rate",
    "training_headcount",
    "training_rate_below_11",
    "training_rate_from_11",
    "unemployment_employer_rate",
    "withholding_neutral_scale",
    "workplace_accident_general_reduction_share",
}

#: Rights count back from a day: those of early 2019 look at the values of 2018.
LOOKED_BACK = {"minimum_wage_hourly", "social_security_ceiling_monthly"}

ROWS = [(name, row) for name, parameter in PARAMETERS.items() for row in parameter.values]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_the_names():
    assert set(PARAMETERS) == NAMES


@pytest.mark.parametrize(("name", "row"), ROWS, ids=[f"{name} {row.in_force_from}" for name, row in ROWS])
class TestEveryRow:
    """A number never travels without its day and its text."""

    def test_has_a_day_a_text_and_a_source(self, name, row):
        assert isinstance(row.in_force_from, dt.date)
        assert len(row.citation.text) > 8
        assert len(row.source) > 8

    def test_is_in_force_at_some_time_of_the_period(self, name, row):
        assert row.in_force_from <= LAST
        later = [
            other.in_force_from
            for other in PARAMETERS[name].values
            if other.in_force_from > row.in_force_from
        ]
        assert all(start > FIRST for start in later) or name in LOOKED_BACK

    def test_says_why_where_a_text_is_to_be_reviewed(self, name, row):
        assert row.note or not row.needs_review


def test_what_is_to_be_reviewed():
    assert {(name, row.in_force_from.isoformat()) for name, row in ROWS if row.needs_review} == {
        ("ags_rate", "2026-07-01"),
        ("general_reduction_unemployment_pension_share", "2019-10-01"),
    }


def test_every_family_is_known_to_the_same_day():
    assert {parameter.known_until for parameter in PARAMETERS.values()} == {LAST}


# name, first day, value the day before (None: not in force), value from that day (None: repealed), text
CHANGES = [
    ("minimum_wage_hourly", "2020-01-01", 1003, 1015, "n° 2019-1387"),
    ("minimum_wage_hourly", "2021-01-01", 1015, 1025, "n° 2020-1598"),
    ("minimum_wage_hourly", "2021-10-01", 1025, 1048, "Arrêté du 27 septembre 2021"),
    ("minimum_wage_hourly", "2022-01-01", 1048, 1057, "n° 2021-1741"),
    ("minimum_wage_hourly", "2022-05-01", 1057, 1085, "Arrêté du 19 avril 2022"),
    ("minimum_wage_hourly", "2022-08-01", 1085, 1107, "Arrêté du 29 juillet 2022"),
    ("minimum_wage_hourly", "2023-01-01", 1107, 1127, "n° 2022-1608"),
    ("minimum_wage_hourly", "2023-05-01", 1127, 1152, "Arrêté du 26 avril 2023"),
    ("minimum_wage_hourly", "2024-01-01", 1152, 1165, "n° 2023-1216"),
    ("minimum_wage_hourly", "2024-11-01", 1165, 1188, "n° 2024-951"),
    ("minimum_wage_hourly", "2026-01-01", 1188, 1202, "n° 2025-1228"),
    ("minimum_wage_hourly", "2026-06-01", 1202, 1231, "Arrêté du 22 mai 2026"),
    ("social_security_ceiling_monthly", "2020-01-01", 337_700, 342_800, "Arrêté du 2 décembre 2019"),
    ("social_security_ceiling_monthly", "2021-01-01", 342_800, 342_800, "Arrêté du 22 décembre 2020"),
    ("social_security_ceiling_monthly", "2022-01-01", 342_800, 342_800, "Arrêté du 15 décembre 2021"),
    ("social_security_ceiling_monthly", "2023-01-01", 342_800, 366_600, "Arrêté du 9 décembre 2022"),
    ("social_security_ceiling_monthly", "2024-01-01", 366_600, 386_400, "Arrêté du 19 décembre 2023"),
    ("social_security_ceiling_monthly", "2025-01-01", 386_400, 392_500, "Arrêté du 19 décembre 2024"),
    ("social_security_ceiling_monthly", "2026-01-01", 392_500, 400_500, "Arrêté du 22 décembre 2025"),
    ("health_reduced_rate", "2026-01-01", 70_000, None, "n° 2025-887"),
    ("health_reduced_rate_multiple", "2024-01-01", 250, 250, "n° 2023-1329"),
    ("health_reduced_rate_multiple", "2025-01-01", 250, 225, "n° 2025-318"),
    ("health_reduced_rate_multiple", "2026-01-01", 225, None, "n° 2025-199"),
    ("family_reduced_rate", "2026-01-01", 34_500, None, "n° 2025-887"),
    ("family_reduced_rate_multiple", "2024-01-01", 350, 350, "n° 2023-1329"),
    ("family_reduced_rate_multiple", "2025-01-01", 350, 330, "n° 2025-318"),
    ("family_reduced_rate_multiple", "2026-01-01", 330, None, "n° 2025-199"),
    ("reduced_rates_minimum_wage_hourly", "2020-01-01", 1003, 1015, "n° 2019-1387"),
    ("reduced_rates_minimum_wage_hourly", "2021-01-01", 1015, 1025, "n° 2020-1598"),
    ("reduced_rates_minimum_wage_hourly", "2021-10-01", 1025, 1048, "arrêté du 27 septembre 2021"),
    ("reduced_rates_minimum_wage_hourly", "2022-01-01", 1048, 1057, "n° 2021-1741"),
    ("reduced_rates_minimum_wage_hourly", "2022-05-01", 1057, 1085, "arrêté du 19 avril 2022"),
    ("reduced_rates_minimum_wage_hourly", "2022-08-01", 1085, 1107, "arrêté du 29 juillet 2022"),
    ("reduced_rates_minimum_wage_hourly", "2023-01-01", 1107, 1127, "n° 2022-1608"),
    ("reduced_rates_minimum_wage_hourly", "2023-05-01", 1127, 1152, "arrêté du 26 avril 2023"),
    ("reduced_rates_minimum_wage_hourly", "2024-01-01", 1152, 1152, "n° 2023-1329"),
    ("reduced_rates_minimum_wage_hourly", "2025-01-01", 1152, 1188, "n° 2025-318"),
    ("reduced_rates_minimum_wage_hourly", "2026-01-01", 1188, None, "n° 2025-199"),
    ("reduced_rates_current_minimum_wage_multiple", "2024-01-01", None, 200, "n° 2023-1329"),
    ("reduced_rates_current_minimum_wage_multiple", "2025-01-01", 200, None, "n° 2025-318"),
    ("old_age_uncapped_employer_rate", "2024-01-01", 19_000, 20_200, "n° 2023-1329"),
    ("old_age_uncapped_employer_rate", "2026-01-01", 20_200, 21_100, "n° 2025-1446"),
    (
        "unemployment_employer_rate",
        "2025-05-01",
        40_500,
        40_000,
        "Convention d'assurance chômage du 15 novembre 2024",
    ),
    ("ags_rate", "2024-01-01", 1_500, 2_000, "27 novembre 2023"),
    ("ags_rate", "2024-07-01", 2_000, 2_500, "juin 2024"),
    ("ags_rate", "2026-07-01", 2_500, 2_500, "décision non trouvée"),
    ("workplace_accident_general_reduction_share", "2020-01-01", 7_800, 6_900, "n° 2020-2"),
    ("workplace_accident_general_reduction_share", "2021-01-01", 6_900, 7_000, "n° 2020-1719"),
    ("workplace_accident_general_reduction_share", "2022-01-01", 7_000, 5_900, "n° 2021-1936"),
    ("workplace_accident_general_reduction_share", "2023-01-01", 5_900, 5_500, "n° 2022-1700"),
    ("workplace_accident_general_reduction_share", "2024-01-01", 5_500, 4_600, "D241-2-4"),
    ("workplace_accident_general_reduction_share", "2025-05-01", 4_600, 5_000, "n° 2025-318"),
    ("workplace_accident_general_reduction_share", "2026-01-01", 5_000, 4_900, "D241-2-4"),
    ("general_reduction_minimum_wage_hourly", "2020-01-01", 1003, 1015, "n° 2019-1387"),
    ("general_reduction_minimum_wage_hourly", "2021-01-01", 1015, 1025, "n° 2020-1598"),
    ("general_reduction_minimum_wage_hourly", "2021-10-01", 1025, 1048, "arrêté du 27 septembre 2021"),
    ("general_reduction_minimum_wage_hourly", "2022-01-01", 1048, 1057, "n° 2021-1741"),
    ("general_reduction_minimum_wage_hourly", "2022-05-01", 1057, 1085, "arrêté du 19 avril 2022"),
    ("general_reduction_minimum_wage_hourly", "2022-08-01", 1085, 1107, "arrêté du 29 juillet 2022"),
    ("general_reduction_minimum_wage_hourly", "2023-01-01", 1107, 1127, "n° 2022-1608"),
    ("general_reduction_minimum_wage_hourly", "2023-05-01", 1127, 1152, "arrêté du 26 avril 2023"),
    ("general_reduction_minimum_wage_hourly", "2024-01-01", 1152, 1165, "n° 2023-1216"),
    ("general_reduction_minimum_wage_hourly", "2024-11-01", 1165, 1188, "n° 2024-951"),
    ("general_reduction_minimum_wage_hourly", "2025-01-01", 1188, 1188, "n° 2025-318"),
    ("general_reduction_minimum_wage_hourly", "2026-01-01", 1188, 1202, "n° 2025-1228"),
    ("general_reduction_minimum_wage_hourly", "2026-06-01", 1202, 1202, "n° 2026-509 du 12 juin 2026"),
    ("general_reduction_exit_multiple", "2026-01-01", 160, 300, "n° 2025-199"),
    ("general_reduction_maximum_small", "2020-01-01", 2_809, 3_205, "n° 2020-2 du"),
    ("general_reduction_maximum_small", "2021-01-01", 3_205, 3_206, "n° 2020-1719"),
    ("general_reduction_maximum_small", "2022-01-01", 3_206, 3_195, "n° 2021-1936"),
    ("general_reduction_maximum_small", "2023-01-01", 3_195, 3_191, "n° 2022-1700"),
    ("general_reduction_maximum_small", "2024-01-01", 3_191, 3_194, "D241-7"),
    ("general_reduction_maximum_small", "2025-05-01", 3_194, 3_193, "n° 2025-318"),
    ("general_reduction_maximum_small", "2026-01-01", 3_193, None, "n° 2025-887"),
    ("general_reduction_maximum_large", "2020-01-01", 2_849, 3_245, "n° 2020-2 du"),
    ("general_reduction_maximum_large", "2021-01-01", 3_245, 3_246, "n° 2020-1719"),
    ("general_reduction_maximum_large", "2022-01-01", 3_246, 3_235, "n° 2021-1936"),
    ("general_reduction_maximum_large", "2023-01-01", 3_235, 3_231, "n° 2022-1700"),
    ("general_reduction_maximum_large", "2024-01-01", 3_231, 3_234, "D241-7"),
    ("general_reduction_maximum_large", "2025-05-01", 3_234, 3_233, "n° 2025-318"),
    ("general_reduction_maximum_large", "2026-01-01", 3_233, None, "n° 2025-887"),
    ("general_reduction_headcount", "2020-01-01", 20, 50, "n° 2020-2"),
    ("general_reduction_unemployment_maximum", "2019-10-01", None, 405, "n° 2018-1356"),
    ("general_reduction_unemployment_maximum", "2020-01-01", 405, None, "n° 2018-1356"),
    ("general_reduction_unemployment_pension_share", "2019-10-01", None, 0, "n° 2018-1356"),
    ("general_reduction_unemployment_pension_share", "2020-01-01", 0, None, "n° 2018-1356"),
    ("fnal_headcount", "2020-01-01", 20, 50, "n° 2019-486"),
    ("fnal_rate_capped", "2020-01-01", 1_000, 1_000, "n° 2019-486"),
    ("fnal_rate_uncapped", "2020-01-01", 5_000, 5_000, "n° 2019-486"),
    ("construction_headcount", "2020-01-01", 20, 50, "n° 2019-486"),
    ("construction_rate", "2020-01-01", 4_500, 4_500, "n° 2019-486"),
    ("apprenticeship_yearly_rate", "2020-01-01", None, 6_800, "n° 2018-771"),
    ("apprenticeship_yearly_rate", "2022-01-01", 6_800, None, "n° 2021-797"),
    ("apprenticeship_rate", "2022-01-01", None, 5_900, "n° 2018-771"),
    ("apprenticeship_balance_rate", "2022-01-01", None, 900, "n° 2018-771"),
    ("general_reduction_divisor", "2026-01-01", 60, None, "n° 2025-887"),
    ("general_reduction_minimum_coefficient", "2026-01-01", None, 200, "n° 2025-887"),
    ("general_reduction_delta_small", "2026-01-01", None, 3_781, "n° 2025-1446"),
    ("general_reduction_delta_large", "2026-01-01", None, 3_821, "n° 2025-1446"),
    ("general_reduction_power", "2026-01-01", None, 175, "n° 2025-887"),
]


@pytest.mark.parametrize(
    ("name", "on", "before", "after", "text"), CHANGES, ids=[f"{change[0]} {change[1]}" for change in CHANGES]
)
def test_changes(name, on, before, after, text):
    eve = day(on) - dt.timedelta(days=1)
    earlier, later = LAW.on(eve).get(name), LAW.on(day(on)).get(name)
    assert (earlier and earlier.value) == before
    assert (later and later.value) == after
    ruling = PARAMETERS[name].row_on(day(on))
    assert ruling is not None
    assert text in ruling.citation.text
    assert ruling.in_force_from == day(on)


def test_no_change_is_missing_from_the_list_above():
    changes = {(name, row.in_force_from.isoformat()) for name, row in ROWS if row.in_force_from > FIRST}
    listed = {(name, on) for name, on, *_ in CHANGES}
    # Grids have their own test; a text that keeps a rate is no change.
    assert {name for name, _ in changes - listed} == {
        "withholding_neutral_scale",
    }


CONSTANT = {
    "full_time_hours_monthly": 15_167,
    "full_time_hours_yearly": 182_000,
    "capped_base_ceilings": 400,
    "bracket_2_ceilings": 800,
    "health_rate": 130_000,
    "family_rate": 52_500,
    "solidarity_autonomy_rate": 3_000,
    "old_age_capped_employer_rate": 85_500,
    "old_age_capped_employee_rate": 69_000,
    "old_age_uncapped_employee_rate": 4_000,
    "agirc_arrco_t1_employer_rate": 47_200,
    "agirc_arrco_t1_employee_rate": 31_500,
    "agirc_arrco_t2_employer_rate": 129_500,
    "agirc_arrco_t2_employee_rate": 86_400,
    "ceg_t1_employer_rate": 12_900,
    "ceg_t1_employee_rate": 8_600,
    "ceg_t2_employer_rate": 16_200,
    "ceg_t2_employee_rate": 10_800,
    "cet_employer_rate": 2_100,
    "cet_employee_rate": 1_400,
    "apec_employer_rate": 360,
    "apec_employee_rate": 240,
    "mobility_headcount": 11,
    "social_dialogue_rate": 160,
    "training_headcount": 11,
    "training_rate_below_11": 5_500,
    "training_rate_from_11": 10_000,
    "apprenticeship_supplement_headcount": 250,
    "apprenticeship_supplement_upper_headcount": 2_000,
    "apprenticeship_supplement_scale": (
        (0, 4_000),
        (10_000, 2_000),
        (20_000, 1_000),
        (30_000, 500),
        (50_000, 0),
    ),
    "apprenticeship_supplement_scale_from_2000": (
        (0, 6_000),
        (10_000, 2_000),
        (20_000, 1_000),
        (30_000, 500),
        (50_000, 0),
    ),
    "forfait_social_headcount": 11,
    "forfait_social_cover_rate": 80_000,
    "csg_deductible_rate": 68_000,
    "csg_non_deductible_rate": 24_000,
    "crds_rate": 5_000,
    "csg_abatement_rate": 17_500,
    "csg_abatement_ceilings": 400,
    "general_reduction_supplementary_pension_share": 60_100,
    "provident_executive_minimum_rate": 15_000,
    "health_cover_employer_minimum_share": 500_000,
}


@pytest.mark.parametrize(("name", "value"), CONSTANT.items(), ids=CONSTANT)
def test_what_did_not_change(name, value):
    assert LAW.on(FIRST).values[name] == value
    assert LAW.on(LAST).values[name] == value


def test_every_parameter_has_an_expected_value():
    assert set(CONSTANT) | {change[0] for change in CHANGES} | {"withholding_neutral_scale"} == NAMES


class TestGeneralReduction:
    """The maximum coefficient is the sum of the employer rates it takes back (CSS art. D241-7)."""

    COMMON = (
        "old_age_capped_employer_rate",
        "old_age_uncapped_employer_rate",
        "solidarity_autonomy_rate",
        "workplace_accident_general_reduction_share",
        "agirc_arrco_t1_employer_rate",
        "ceg_t1_employer_rate",
        "unemployment_employer_rate",
    )

    @pytest.mark.parametrize(("size", "fnal"), [("small", "capped"), ("large", "uncapped")])
    @pytest.mark.parametrize(
        "on",
        [
            *(f"{year}-{day}" for year in (2020, 2021, 2022, 2023, 2024) for day in ("01-01", "12-31")),
            "2025-04-30",
            "2025-05-01",
            "2025-12-31",
        ],
    )
    def test_t_until_2025(self, on, size, fnal):
        law = LAW.on(day(on))
        rates = (*self.COMMON, "health_reduced_rate", "family_reduced_rate", f"fnal_rate_{fnal}")
        assert law.value(f"general_reduction_maximum_{size}") * 100 == sum(law.value(name) for name in rates)

    @pytest.mark.parametrize(("size", "fnal"), [("small", "capped"), ("large", "uncapped")])
    def test_t_of_2019_leaves_unemployment_to_its_increase(self, size, fnal):
        law = LAW.on(day("2019-10-01"))
        rates = (*self.COMMON, "health_reduced_rate", "family_reduced_rate", f"fnal_rate_{fnal}")
        maximum = law.value(f"general_reduction_maximum_{size}")
        increase = law.value("general_reduction_unemployment_maximum")
        assert increase * 100 == law.value("unemployment_employer_rate")
        assert (maximum + increase) * 100 == sum(law.value(name) for name in rates)
        before = LAW.on(day("2019-09-30"))
        assert before.value(f"general_reduction_maximum_{size}") == maximum
        assert before.get("general_reduction_unemployment_maximum") is None

    @pytest.mark.parametrize(("size", "fnal"), [("small", "capped"), ("large", "uncapped")])
    def test_tmin_and_tdelta_in_2026(self, size, fnal):
        law = LAW.on(day("2026-01-01"))
        rates = (*self.COMMON, "health_rate", "family_rate", f"fnal_rate_{fnal}")
        maximum = law.value("general_reduction_minimum_coefficient") + law.value(
            f"general_reduction_delta_{size}"
        )
        assert maximum * 100 == sum(law.value(name) for name in rates)

    def test_the_share_of_the_supplementary_pension(self):
        law = LAW.on(LAST)
        share = law.value("agirc_arrco_t1_employer_rate") + law.value("ceg_t1_employer_rate")
        assert law.value("general_reduction_supplementary_pension_share") == share


class TestAsKnownOn:
    """Retroactive decrees: the law that applies to a day is not always the law known on it."""

    @pytest.mark.parametrize(
        ("known_on", "cents", "text"),
        [
            ("2026-05-20", 1202, "n° 2025-1228"),
            ("2026-06-05", 1231, "arrêté du 22 mai 2026"),
            ("2026-06-14", 1202, "n° 2026-509"),
        ],
    )
    def test_decree_2026_509(self, known_on, cents, text):
        found = LAW.on(day("2026-06-05"), known_on=day(known_on))["general_reduction_minimum_wage_hourly"]
        assert found.value == cents
        assert text in found.citation.text

    def test_decree_2025_318(self):
        then = LAW.on(day("2025-02-28"), known_on=day("2025-02-28"))
        assert then.value("health_reduced_rate_multiple") == 250
        assert then.value("reduced_rates_minimum_wage_hourly") == 1152
        assert then.value("reduced_rates_current_minimum_wage_multiple") == 200
        now = LAW.on(day("2025-02-28"))
        assert now.value("health_reduced_rate_multiple") == 225
        assert now.get("reduced_rates_current_minimum_wage_multiple") is None


class TestNeutralRates:
    """CGI art. 204 H, III: twenty brackets; in 2025 and 2026 the grid changes in May."""

    @pytest.mark.parametrize(
        ("on", "first_taxed", "middle", "top"),
        [
            ("2019-01-01", 140_400, (257_800, 90_000), 4_771_700),
            ("2019-12-31", 140_400, (257_800, 90_000), 4_771_700),
            ("2020-01-01", 141_800, (237_600, 75_000), 4_819_600),
            ("2020-12-31", 141_800, (237_600, 75_000), 4_819_600),
            ("2021-01-01", 142_000, (238_100, 75_000), 4_829_200),
            ("2021-12-31", 142_000, (238_100, 75_000), 4_829_200),
            ("2022-01-01", 144_000, (241_400, 75_000), 4_896_700),
            ("2022-12-31", 144_000, (241_400, 75_000), 4_896_700),
            ("2023-01-01", 151_800, (254_400, 75_000), 5_161_100),
            ("2023-12-31", 151_800, (254_400, 75_000), 5_161_100),
            ("2024-01-01", 159_100, (266_600, 75_000), 5_408_800),
            ("2025-04-30", 159_100, (266_600, 75_000), 5_408_800),
            ("2025-05-01", 162_000, (271_400, 75_000), 5_506_200),
            ("2026-04-30", 162_000, (271_400, 75_000), 5_506_200),
            ("2026-05-01", 163_500, (273_800, 75_000), 5_555_800),
        ],
    )
    def test_grids(self, on, first_taxed, middle, top):
        scale = LAW.on(day(on)).scale("withholding_neutral_scale")
        assert len(scale) == 20
        assert scale[:2] == ((0, 0), (first_taxed, 5_000))
        assert scale[8] == middle
        assert scale[-1] == (top, 430_000)

    def test_the_rates_change_once_and_never_fall(self):
        columns = [
            tuple(rate for _, rate in row.value) for row in PARAMETERS["withholding_neutral_scale"].values
        ]
        of_2019, since_2020 = dict.fromkeys(columns)
        assert columns == [of_2019, *[since_2020] * 7]
        assert list(of_2019) == sorted(of_2019)
        assert list(since_2020) == sorted(since_2020)


class TestRefusal:
    """Outside the period the law refuses, and says what it knows."""

    @pytest.mark.parametrize("asked", ["2018-12-31", "2026-08-01"])
    def test_outside(self, asked):
        with pytest.raises(LawNotKnownError, match="first known day 2019-01-01, last known day 2026-07-31"):
            LAW.on(day(asked))

    def test_before_the_first_value(self):
        with pytest.raises(LawNotKnownError) as caught:
            PARAMETERS["minimum_wage_hourly"].on(day("2017-12-31"))
        assert "'minimum_wage_hourly' is not known on 2017-12-31" in str(caught.value)
        assert "first known day 2018-01-01, last known day 2026-07-31" in str(caught.value)

    def test_repealed(self):
        with pytest.raises(LawNotKnownError) as caught:
            LAW.on(day("2026-01-01"))["health_reduced_rate"]
        assert "last known day 2025-12-31" in str(caught.value)
        assert "repealed since 2026-01-01 (Loi n° 2025-199" in str(caught.value)
