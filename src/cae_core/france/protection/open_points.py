"""What no text settles about the rights of salaried entrepreneurs, and how it is settled here."""

from __future__ import annotations

from cae_core.protection import Assumption

SHOWN_BY_HISTORY = Assumption(
    code="affiliation_shown_by_history",
    french="L'affiliation est comptée depuis le premier mois connu : elle peut être plus ancienne.",
    english="Insurance is counted from the first month known: it may be older.",
)
HOURS_BY_CONVENTION = Assumption(
    code="hours_by_convention",
    french=(
        "Les heures viennent d'une convention (brut rapporté au SMIC), faite pour l'allègement général ; "
        "qu'elles ouvrent les droits est une pratique des caisses, aucun texte ne le dit."
    ),
    english=(
        "Hours come from a convention (gross pay over the minimum wage) made for the general reduction; that "
        "they open rights is a practice of the funds, no text says it."
    ),
    source="social-protection research, SICK-01",
)
MINIMUM_WAGE_OF_THE_PERIOD = Assumption(
    code="minimum_wage_of_the_period",
    french=(
        "Le SMIC comparé est celui du premier jour de la période (texte) ; une page d'ameli de 2024 prend "
        "celui du jour de l'arrêt."
    ),
    english=(
        "The minimum wage compared is that of the first day of the period (the text); a page of ameli of "
        "2024 "
        "takes that of the day of the stoppage."
    ),
    source="CSS art. R313-3; ameli.fr, page of 2 January 2024",
)
JANUARY_MINIMUM_WAGE = Assumption(
    code="january_minimum_wage",
    french="Sur douze mois, le SMIC comparé est celui du 1er janvier de l'année où la période commence.",
    english=(
        "Over twelve months, the minimum wage compared is that of 1 January of the year the period starts in."
    ),
    source="read for invalidity in a press article; the article itself was not read",
)
MONTHS_NOT_GIVEN = Assumption(
    code="months_not_given",
    french="Un mois que l'historique ne donne pas compte pour zéro.",
    english="A month that the history does not give counts for nothing.",
)
PERHAPS_DISCONTINUOUS = Assumption(
    code="perhaps_discontinuous",
    french=(
        "Une activité discontinue ou saisonnière ouvre droit sur douze mois ; la caisse en décide au cas par "
        "cas, aucun texte ne le dit d'une entrepreneuse salariée."
    ),
    english=(
        "Discontinuous or seasonal work opens the right over twelve months; the fund decides case by case, "
        "no "
        "text says it of a salaried entrepreneur."
    ),
    source="CSS art. R313-7; circulaires DSS/2A/2013/163 and DSS/SD2/2015/179",
)
IDLE_MONTH = Assumption(
    code="idle_month",
    french=(
        "Un mois sous contrat sans chiffre d'affaires ne se reconstitue pas : il compte pour zéro. "
        "Aucun texte ne parle de ce cas."
    ),
    english=(
        "A month under contract without turnover is not rebuilt: it counts as zero. No text speaks of this "
        "case."
    ),
    source="CSS art. R323-8: it is none of the causes listed",
)
BEFORE_THE_CONTRACT = Assumption(
    code="before_the_contract",
    french="Les mois avant le début du contrat sont reconstitués sur le revenu journalier perçu depuis.",
    english="The months before the contract started are rebuilt on the daily income received since.",
    source="interpretation of CSS art. R323-8 II 1°",
)
REBUILT_BEFORE_2024 = Assumption(
    code="rebuilt_before_november_2024",
    french=(
        "Avant le 1er novembre 2024, les mois sont reconstitués de la même façon (règles transitoires du "
        "décret n° 2021-428)."
    ),
    english=(
        "Before 1 November 2024, months are rebuilt in the same way (transitional rules of the decree "
        "2021-428)."
    ),
    source=(
        "décret n° 2024-967: it makes the transitional rules permanent; what held before April 2021 was not "
        "read"
    ),
)
PAY_OF_THE_MONTH = Assumption(
    code="pay_of_the_month",
    french=(
        "La paie comptée est celle déclarée du mois ; aucun texte ne dit comment répartir la régularisation "
        "annuelle de la part variable."
    ),
    english=(
        "The pay counted is the one declared for the month; no text says how to spread the yearly "
        "settlement of "
        "the variable part."
    ),
)
UNDECIDED_REFERENCE = Assumption(
    code="undecided_reference",
    french=(
        "Trois derniers mois, ou douze si l'activité est discontinue : la caisse en décide ; les deux "
        "montants "
        "sont donnés."
    ),
    english=(
        "The last three months, or twelve where work is discontinuous: the fund decides; both amounts are "
        "given."
    ),
    source="CSS art. R323-4; no official text says which one a salaried entrepreneur gets",
)
TRUNCATED = Assumption(
    code="truncated_benefit",
    french=(
        "Le salaire journalier est arrondi au centime, l'indemnité coupée au centime (exemple public : "
        "65,75 → 32,87), les maxima arrondis."
    ),
    english=(
        "The daily pay is rounded to the cent, the benefit cut to the cent (public example: 65.75 → 32.87), "
        "the maxima rounded."
    ),
    source="service-public example; no general rule was found",
)
MONTHLY_CAP = Assumption(
    code="cap_of_the_rounded_month",
    french=(
        "Le plafond mensuel part du SMIC mensuel arrondi ; service-public imprime un centime de plus ou de "
        "moins."
    ),
    english=(
        "The monthly cap starts from the rounded monthly minimum wage; service-public prints a cent more or "
        "less."
    ),
    source="2 552.25 and 2 613.82 on service-public, 2 613.83 on ameli",
)
ONE_MINIMUM_WAGE_BEFORE = Assumption(
    code="cap_of_the_month_before",
    french=(
        "Le SMIC du plafond est celui du dernier jour du mois précédent ; des pages publiques divergent "
        "pour juin 2026."
    ),
    english=(
        "The minimum wage of the cap is that of the last day of the month before; public pages differ for "
        "June 2026."
    ),
    source="CSS art. R323-4; service-public A18779",
)
AVERAGE_OF_TWELVE_MONTHS = Assumption(
    code="average_of_twelve_months",
    french=(
        "La paie maintenue est la moyenne des douze derniers mois : une paie qui suit le chiffre d'affaires "
        "ne dit pas ce qui aurait été gagné."
    ),
    english=(
        "The pay maintained is the mean of the last twelve months: pay that follows turnover does not tell "
        "what would have been earned."
    ),
    source="convention; C. trav. art. D1226-7",
)
PAID_BY_HER_ACCOUNT = Assumption(
    code="paid_by_her_account",
    french=(
        "Le complément est une charge de la coopérative que la pratique impute au compte d'activité de "
        "l'entrepreneuse."
    ),
    english=(
        "The supplement is a cost of the cooperative, which practice charges to the activity account of the "
        "entrepreneur."
    ),
    source="agora.les-cae.coop 2462",
)
SUPPLEMENT_OF_JUNE_2026 = Assumption(
    code="supplement_of_june_2026",
    french=(
        "La version de l'article L1226-1 issue de la loi du 25 juin 2026 n'a pas été lue : celle d'avant "
        "est appliquée."
    ),
    english=(
        "The version of article L1226-1 made by the law of 25 June 2026 was not read: the one before is "
        "applied."
    ),
    source="loi n° 2026-534 du 25 juin 2026; LEGIARTI000054331868",
)
ACCIDENT_BASE = Assumption(
    code="accident_base",
    french=(
        "Dernier mois de paie, ou douze si l'activité est discontinue : les deux montants sont donnés. Un "
        "mois sans paie donne zéro."
    ),
    english=(
        "Last month of pay, or twelve where work is discontinuous: both amounts are given. A month without "
        "pay gives zero."
    ),
    source="CSS art. R433-4; no text says which one a salaried entrepreneur gets",
)
ACCIDENT_MONTH_REBUILT = Assumption(
    code="accident_month_as_declared",
    french="Le mois de référence d'un accident est pris comme il est déclaré, sans être reconstitué.",
    english="The reference month of an accident is taken as it is declared, without being rebuilt.",
    source="the rebuilding of CSS art. R433-6 was not read",
)
BIRTH_MAXIMUM_ROUNDED = Assumption(
    code="birth_benefit_rounded",
    french=(
        "L'indemnité de maternité est arrondie au centime, comme les maxima publiés ; celle de maladie est "
        "coupée."
    ),
    english=(
        "The maternity benefit is rounded to the cent, as the published maxima are; that of sickness is cut."
    ),
    source="published maxima of 2019 to 2026",
)
BIRTH_DAYS_FROM_HER_ACCOUNT = Assumption(
    code="birth_days_from_her_account",
    french="Les trois jours de naissance sont payés par l'employeur, donc imputés au compte d'activité.",
    english="The three days of birth leave are paid by the employer, hence charged to the activity account.",
    source="practice",
)
BIRTH_LEAVE_DECREES = Assumption(
    code="birth_leave_decrees",
    french=(
        "Les décrets n° 2026-419 et 2026-425 n'ont pas été lus : taux, délai et conditions viennent de "
        "relais. Les conditions d'ouverture sont celles de la maternité."
    ),
    english=(
        "The decrees 2026-419 and 2026-425 were not read: rates, deadline and conditions come from relays. "
        "The opening conditions are those of maternity."
    ),
    source="CSS art. L331-8-1 refers to L313-1; public payroll deck and press",
)
INVALIDITY_YEARS = Assumption(
    code="years_of_the_history",
    french=(
        "La moyenne porte sur les années civiles de l'historique, sans revalorisation : la caisse regarde "
        "les dix meilleures de la carrière."
    ),
    english=(
        "The mean is that of the civil years of the history, not revalued: the fund looks at the ten best "
        "of the career."
    ),
    source="CSS art. R341-4",
)
MINIMUM_PENSION = Assumption(
    code="minimum_pension",
    french=(
        "La pension minimale est l'allocation aux vieux travailleurs salariés ; ses montants suivent les "
        "hausses de janvier."
    ),
    english="The smallest pension is the allowance to old workers; its amounts follow the rises of January.",
    source="derived from published amounts; the texts of each year were not read",
)
SURVIVORS = Assumption(
    code="survivors",
    french=(
        "La pension de réversion (54 % de la retraite de base, sous conditions de ressources et d'âge) "
        "n'est pas calculée."
    ),
    english="The survivor's pension (54 % of the basic pension, by means and age) is not computed.",
    source="CSS art. L353-1",
)
NO_MONTHLY_LIMIT = Assumption(
    code="no_monthly_limit",
    french=(
        "Ni le plafond mensuel de 1,5 SMIC ni le report de cotisations que prévoyait la loi de 2014 ne sont "
        "appliqués : aucune trace en pratique."
    ),
    english=(
        "Neither the monthly limit of 1.5 minimum wages nor the carry-over foreseen by the law of 2014 is "
        "applied: no trace in practice."
    ),
    source="loi n° 2014-40 du 20 janvier 2014; from memory",
)
MATERNITY_QUARTER_BY_DAYS = Assumption(
    code="events_by_days_off",
    french="Sans autre indication, les jours d'arrêt de l'historique sont pris pour des jours indemnisés.",
    english="Unless said otherwise, the days off of the history are taken for days of benefit.",
)
YEAR_NOT_OVER = Assumption(
    code="year_not_complete",
    french="L'année n'est pas complète dans l'historique : le résultat est celui des mois donnés.",
    english="The year is not complete in the history: the result is that of the months given.",
)
POINTS_OF_THE_YEAR = Assumption(
    code="points_of_the_year",
    french=(
        "Les points sont calculés sur l'année entière, arrondis une fois ; la caisse peut les arrondir par "
        "période déclarée."
    ),
    english=(
        "Points are computed on the whole year and rounded once; the fund may round them by period declared."
    ),
    source="ANI du 17 novembre 2017",
)
LEAVE_NOT_FINANCED = Assumption(
    code="leave_financing",
    french=(
        "Aucun texte ne dit comment le compte d'activité finance les congés (dans la paie, provision, à la "
        "prise) : le montant est le même."
    ),
    english=(
        "No text says how the activity account finances leave (in pay, by provision, when taken): the "
        "amount is the same."
    ),
    source="C. trav. art. L7332-2; practice",
)
LEAVE_REFERENCE = Assumption(
    code="leave_reference_year",
    french="L'année de référence est celle des douze mois civils avant le jour demandé.",
    english="The year of reference is the twelve calendar months before the day asked about.",
)
LEAVE_MAINTAINED = Assumption(
    code="leave_maintained_pay",
    french="La paie qui aurait été gagnée n'est pas connue : seul le dixième est compté.",
    english="The pay that would have been earned is not known: the tenth alone is counted.",
    source="C. trav. art. L3141-24",
)
TRAINING_SHARE = Assumption(
    code="training_share",
    french=(
        "Sans horaire, la part d'année travaillée est le brut rapporté à 2 080 SMIC horaires ; en dessous "
        "de la moitié, le crédit suit la part. C'est une proposition."
    ),
    english=(
        "Without hours, the part of a year worked is gross pay over 2,080 hourly minimum wages; under half "
        "of it the credit follows the part. It is a proposal."
    ),
    source="C. trav. art. R6323-1, clause not read",
)
HEALTH_PAYMENT = Assumption(
    code="health_payment",
    french="Le versement santé (contrats très courts ou très peu d'heures) n'est pas calculé.",
    english="The health payment (very short contracts or very few hours) is not computed.",
    source="CSS art. L911-7-1, figures from memory",
)
NON_EXECUTIVE_COVER = Assumption(
    code="non_executive_cover",
    french=(
        "Pour une personne non cadre, la prévoyance n'est pas un droit légal : elle dépend de l'accord de "
        "la coopérative, qui décide aussi du statut."
    ),
    english=(
        "For a person who is no executive, provident cover is no legal right: it depends on the agreement "
        "of the cooperative, which also decides the status."
    ),
)
PORTABILITY_BY_MONTHS = Assumption(
    code="portability_by_months",
    french="La durée est celle des derniers contrats chez le même employeur, en mois entiers commencés.",
    english="The length is that of the last contracts with the same employer, in months begun.",
    source="CSS art. L911-8; published examples",
)
GUARANTEE_OF_THE_ACCOUNT = Assumption(
    code="guarantee_of_the_account",
    french=(
        "Le solde du compte d'activité non versé en paie et la part de capital ne sont pas des salaires : "
        "leur garantie est incertaine, aucune décision n'a été lue."
    ),
    english=(
        "The balance of the activity account not yet paid as wages and the share in capital are no wages: "
        "their guarantee is uncertain, no ruling was read."
    ),
    source="C. trav. art. L3253-8",
)
SUPPORT_COVER = Assumption(
    code="support_cover",
    french="La couverture d'un contrat d'appui vient des articles cités de mémoire : elle est à vérifier.",
    english="The cover of a contract of support comes from articles cited from memory: it is to be checked.",
    source="CSS art. L311-3 25° and L412-8; C. trav. art. L5142-1 to L5142-3",
)
