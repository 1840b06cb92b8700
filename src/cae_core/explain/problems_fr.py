"""The French of the messages that are raised in English: patterns, grouped by the door they come through.

The order counts. Whole messages come first, then their parts: each pattern is tried on what the ones before
have left.
"""

from __future__ import annotations

__all__ = ["FRENCH"]

#: Amounts and rates, at every door.
_AMOUNTS = (
    (r"must not be negative \(got (.*)\)$", r"ne doit pas être négatif (reçu : \1)"),
    (r"must have at most two decimals \(got (.*)\)$", r"a deux décimales au plus (reçu : \1)"),
    (r"^must have at most two decimals, got (.*)$", r"deux décimales au plus ; reçu : \1"),
    (
        r"^must be a plain number such as (.*) or (.*), got (.*)$",
        r"un nombre simple, comme \1 ou \2 ; reçu : \3",
    ),
    (
        r"must have at most four decimals of a percent \(got (.*)\)$",
        r"a quatre décimales de pour cent au plus (reçu : \1)",
    ),
    (r"must be between 0 and 100 % \(got (.*)\)$", r"est entre 0 et 100 % (reçu : \1)"),
    (
        r"must be a plain number such as 1234\.56 or 1 234,56 \(got (.*)\)$",
        r"doit être un nombre simple, comme 1234.56 ou 1 234,56 (reçu : \1)",
    ),
    (r"must be a finite number \(got (.*)\)$", r"doit être un nombre fini (reçu : \1)"),
    (r"must be at most (.*) \(got (.*)\)$", r"est d'au plus \1 (reçu : \2)"),
    (r"must be between (.*) and (.*) a month \(got (.*)\)$", r"est entre \1 et \2 par mois (reçu : \3)"),
    (
        r"must be an int, a Decimal or a str, not (\w+) \(got (.*?)\): only these hold cents exactly.*$",
        r"doit être un nombre exact ou un texte, pas « \1 » (reçu : \2)",
    ),
)
#: A payslip and its facts.
_PAYSLIPS = (
    (r"^in (\d{4}-\d\d), the employer pays less", r"en \1, the employer pays less"),
    (
        r"the employer pays less than half of the mandatory health cover \(complémentaire santé\)",
        "l'employeur paie moins de la moitié de la complémentaire santé obligatoire",
    ),
    (
        r"^in (\d{4}-\d\d), more days are employed than the month has \(jours calendaires d'emploi\)",
        r"en \1, plus de jours d'emploi que le mois n'a de jours",
    ),
    (
        r"the hours policy contract_hours needs the hours of the month",
        "la règle contract_hours a besoin des heures du mois",
    ),
    (r"^is missing: the policy needs it$", "manque : la règle contract_hours en a besoin"),
    (
        r"the pay of the year to date would be missing",
        "la rémunération du début de l'année manquerait",
    ),
)
#: A table of keys and values: TOML, or JSON.
_KEYS = (
    (r"; did you mean (.*)\?$", r" ; vouliez-vous dire \1 ?"),
    (r"^is missing: expected (.*)$", r"manque : attendu \1"),
    (r"\bis missing$", "manque"),
    (r"^unknown key; known: (.*)$", r"clé inconnue ; clés connues : \1"),
    (r"^unknown key\b", "clé inconnue"),
)
#: The columns of a table of pay, a row a person or a month.
_PAY_TABLES = (
    (r"^unknown column (.*); known: (.*)$", r"colonne inconnue \1 ; colonnes connues : \2"),
    (
        r"^column ('.*'): expected a month such as (.*), got (.*)$",
        r"colonne \1 : attendu un mois comme \2 ; reçu : \3",
    ),
    (r"^the number (.*) is given twice$", r"le numéro \1 est donné deux fois"),
    (r"\bthe number of the person\b", "le numéro de la personne"),
    (r"\bthe usual turnover\b", "le chiffre d'affaires habituel"),
    (r"\bthe turnover of (\d{4}-\d\d)\b", r"le chiffre d'affaires de \1"),
    (
        r"\bthe pay of (\d{4}-\d\d), between two months paid \(0 without pay\)",
        r"la paie de \1, entre deux mois payés (0 sans rémunération)",
    ),
    (r"\bthe columns cannot be used$", "les colonnes ne peuvent pas être lues"),
    (r"\bmonths in order, not before\b", "des mois dans l'ordre, pas avant"),
    (r"\bexpected one or more, got\b", "expected un ou plus, got"),
    (r"^column (.*) gives (.*) a second time$", r"la colonne \1 donne \2 une seconde fois"),
)
#: What cannot be read or written at all.
_FILES = (
    (r"^expected well-formed CSV, got: ([^;]*)$", r"CSV mal formé (\1)"),
    (r"^cannot be read: (.*)$", r"ne peut pas être lu : \1"),
    (r"^cannot be written: (.*)$", r"ne peut pas être écrit : \1"),
    (r"\bNo such file or directory$", "aucun fichier de ce nom"),
    (r"\bIs a directory$", "c'est un dossier"),
    (r"\bPermission denied$", "accès refusé"),
    (r"^is not a TOML file: (.*)$", r"n'est pas un fichier TOML : \1"),
    (r"^no file (.*) beside (.*)$", r"aucun fichier \1 à côté de \2"),
    (r"^the folder holds no TOML file$", "le dossier ne contient aucun fichier TOML"),
)
#: The entries of an account.
_ENTRIES = (
    (
        r"^only a transfer has another activity, got (.*)$",
        r"seul un virement a une autre activité (reçu : \1)",
    ),
    (r"^the activity (.*) cannot sell to itself.*$", r"l'activité \1 ne peut pas se vendre à elle-même"),
    (r"^(.*) comes before the first month, (.*)$", r"\1 vient avant le premier mois, \2"),
    (
        r"^ends on (.*), before it starts on (.*)$",
        r"finit le \1, avant de commencer le \2",
    ),
)
#: A list of cases in JSON.
_CASES = (
    (r"^the case (.*) it follows failed$", r"le cas \1 qu'il suit a échoué"),
    (r"^(.*) is already the id of case (\d+)$", r"\1 est déjà l'id du cas \2"),
    (r"^input$", "entrée"),
    (r"^expected a JSON list of cases, got (.*)$", r"attendu : une liste JSON de cas ; reçu : \1"),
    (r"\bwhat is not JSON: ", "ce qui n'est pas du JSON : "),
    (r"\bone object \(put it in a list: \[ … \]\)$", "un seul objet (à mettre dans une liste : [ … ])"),
    (r"\ba number or a truth value$", "un nombre ou une valeur de vérité"),
    (r"^expected exact numbers, got (.*)$", r"attendu : des nombres exacts ; reçu : \1"),
    (r"^expected each key once in an object, got (.*) twice$", r"la clé \1 est écrite deux fois"),
    (
        r"^expected either present or absent, a list of codes$",
        "attendu : present ou absent, l'un des deux, une liste de codes",
    ),
)
#: The path of a person.
_PATHS = (
    (r"^(.*) comes before the admission of (.*)$", r"\1 vient avant l'admission du \2"),
    (
        r"^expected a day from (.*) on, the first month of the case, got (.*)$",
        r"attendu : un jour à partir de \1, premier mois du dossier ; reçu : \2",
    ),
    (r"^(.*) is the code of two people$", r"\1 est le code de deux personnes"),
    (r"^(.*) comes before (\d{4}-\d\d-\d\d)$", r"\1 vient avant le \2"),
    (r"\bthe code of one person\b", "le code d'une personne"),
)
#: A pay history.
_HISTORIES = (
    (r"^expected well-formed CSV, got: (.*)$", r"attendu : un CSV bien formé ; reçu : \1"),
    (r"^expected a row a month under (.*)$", r"attendu : une ligne par mois sous \1"),
    (r"employed days must be between 0 and (\d+), got (.*)$", r"de 0 à \1 jours d'emploi ; reçu : \2"),
    (
        r"hours must fit the month, in hundredths, got (.*)$",
        r"des heures qui tiennent dans le mois ; reçu : \1",
    ),
    (r"(\d{4}-\d\d) is given a second time$", r"\1 est donné une seconde fois"),
    (r"^column (.*) is there a second time$", r"la colonne \1 est là une seconde fois"),
    (r" does not name the columns of a pay history$", " ne nomme pas les colonnes d'un historique de paie"),
    (r"(\d+) problem\(s\), no month was read$", r"\1 problème(s), aucun mois n'a été lu"),
    # The profile of a cooperative, and its fee.
    (r"^expected a published scale, got none for (\w+) and (.*)$", r"aucun barème publié pour \1 et \2"),
    (
        r"^expected a day from (.*) on, its first scale, got (.*)$",
        r"attendu : un jour à partir du \1, premier barème ; reçu : \2",
    ),
    (
        r"^expected (\d+) months, as for the turnover, got (\d+)$",
        r"\1 mois, comme le chiffre d'affaires ; reçu : \2",
    ),
    (r"^fee of (.*) \(contribution coopérative\)$", r"contribution coopérative, \1"),
    (r" is not the profile of a cooperative$", " n'est pas le profil d'une coopérative"),
    (r"^expected a figure \((.*)\), got none$", r"attendu : un résultat (\1) ; reçu : aucun"),
    # Comparing statuses.
    (r"^the statuses cannot be compared$", "les statuts ne peuvent pas être comparés"),
    (r"^expected one status or more, got none$", "attendu : un statut au moins"),
    (r"\ba year such as\b", "une année comme"),
)
#: What was wanted and what came, after every message that says it in its own way.
_EXPECTED = (
    (r"^expected (.*), got (.*)$", r"attendu : \1 ; reçu : \2"),
    (r"^expected (.*)$", r"attendu : \1"),
)
#: The things that are wanted: what the group before has left.
_WANTED = (
    (r"\ba month such as\b", "un mois comme"),
    (r"\ba day such as (\S+) or\b", r"un jour comme \1 ou"),
    (r"\ba day such as\b", "un jour comme"),
    (r"\btrue or false\b", "true ou false"),
    (r"\byes or no \(oui ou non\)", "oui ou non"),
    (r"\ban amount above zero \(the kind says the direction\)", "un montant positif (la nature dit le sens)"),
    (r"\ba whole number of people, at least 1", "un nombre entier de personnes, au moins 1"),
    (r"\ba whole number of months, at least 1", "un nombre entier de mois, au moins 1"),
    (r"\ba number of days from 0 to 31", "un nombre de jours de 0 à 31"),
    (r"\ba whole number, zero or more", "un nombre entier, zéro ou plus"),
    (r"\bzero or more\b", "zéro ou plus"),
    (r"\ba table of keys and values\b", "une table de clés et de valeurs"),
    (r"\ba table of codes\b", "une table de codes"),
    (r"\ba list of codes\b", "une liste de codes"),
    (r"\ba part such as (\S+) at most 1\b", r"une fraction comme \1 1 au plus"),
    (r"\bparts that make 100 %", "des parts qui font 100 %"),
    (r"\bweights that make 100 %", "des poids qui font 100 %"),
    (r"\bat least the capital\b", "au moins le capital"),
    (r"\bat most the capital\b", "au plus le capital"),
    (r"\bone name for\b", "un seul nom pour"),
    (r"\ban object of keys and values\b", "un objet de clés et de valeurs"),
    (r"\ba first row with\b", "une première ligne avec"),
    (r"\ban empty file\b", "un fichier vide"),
    (r"\bthe code of an activity\b", "le code d'une activité"),
    (r"\bthe number of the invoice in `document`", "le numéro de la facture dans la colonne document"),
    (r"\bJanuary or the first month of the contract\b", "janvier ou le premier mois du contrat"),
    (r"\bfrom (\d{4}-\d\d) on\b", r"à partir de \1"),
    (r"\bthe id of a case before this one\b", "l'id d'un cas qui précède"),
    (r"\ba text\b", "un texte"),
    (r"\bone of\b", "l'un de"),
    (r"\ba column (\S+) or\b", r"une colonne \1 ou"),
    (r"\b(\d+) cells\b", r"\1 cellules"),
    (r"\bgot nothing$", "reçu : rien"),
    (r" ; reçu : nothing$", " ; reçu : rien"),
    (r" ; reçu : none$", " ; reçu : aucune"),
)
#: Where.
_PLACES = (
    (r"\bline (\d+)\b", r"ligne \1"),
    (r"\bcolumn '", "colonne '"),
    (r"\bcase (\d+)\b", r"cas \1"),
)
#: A meeting and its associates.
_MEETINGS = (
    (
        r"^the ballots of resolution (.*) cannot be counted$",
        r"les bulletins de la résolution \1 ne se comptent pas",
    ),
    (r"^has two ballots$", "a deux bulletins"),
    (r"^(.*) is not on the roll$", r"\1 n'est pas associé ce jour-là"),
    (r"^is the code of two associates$", "est le code de deux associés"),
    (r"^the roll of (.*) cannot be made$", r"la liste des associés du \1 ne peut pas être établie"),
    (r"^roll of (\S+): ", r"associés du \1 : "),
)
#: An advice.
_ADVICE = (
    (
        r"^the case sells nothing: say what is expected of a year$",
        "le dossier ne vend rien : dire ce qui est attendu d'un an",
    ),
    (r"\ba contract that goes on in (\S+)", r"un contrat qui se poursuit en \1"),
    (r"\ba rate over 0 %", "un taux supérieur à 0 %"),
)
#: What the whole of a file is not.
_VERDICTS = (
    (r" is not a path that can be read$", " n'est pas un parcours que l'on peut lire"),
    (r" is not a case that can be run$", " n'est pas un cas que l'on peut calculer"),
    (r"(\d+) problem\(s\), no entry was read$", r"\1 problème(s), aucune écriture n'a été lue"),
    (r" is not a fee scale$", " n'est pas un barème de contribution"),
    (r" are not statutes$", " : ce ne sont pas des statuts"),
    (r" is not a meeting$", " n'est pas une assemblée que l'on peut dépouiller"),
    (r" is not a year of a cooperative$", " n'est pas l'exercice d'une coopérative"),
    (r" cannot be read$", " ne peut pas être lu"),
)
#: The columns of a data frame, the files of a batch.
_FRAMES = (
    (r"^the columns of the frame cannot be used$", "les colonnes ne conviennent pas"),
    (
        r"^unknown column, copied only if it is asked for\b",
        "colonne inconnue, recopiée seulement sur demande",
    ),
    (r"^gives (.*) a second time$", r"donne \1 une seconde fois"),
    (r"^expected a column (.*) or (.*)$", r"attendu : une colonne \1 ou \2"),
    (r"^expected a column (.*)$", r"attendu : une colonne \1"),
    (
        r"; or take each month alone \(year_to_date=False\)$",
        " ; ou prendre chaque mois seul (year_to_date=False)",
    ),
    (r"^there is no such column to keep$", "aucune colonne de ce nom à recopier"),
    (
        r"^is the name of a result: give the column another name$",
        "est le nom d'un résultat : donner un autre nom à la colonne",
    ),
    (
        r"^a (\w+) does not hold exact numbers; give (.*)$",
        r"le type \1 ne porte pas de nombres exacts ; donner \2",
    ),
    (
        r"^the rows must be sorted by (.*), so that a year is never cut: (.*) comes after (.*)$",
        r"les lignes se trient par \1, pour ne jamais couper une année : \2 vient après \3",
    ),
    (r"^expected a Parquet file: (.*)$", r"attendu : un fichier Parquet (\1)"),
    (
        r"^is the input: choose another name for the output$",
        "est l'entrée : choisir un autre nom pour la sortie",
    ),
    (r"^another run is at work on it$", "un autre calcul y travaille"),
)
#: What a column of a data frame may hold.
_FRAME_TYPES = (
    (
        r"\bdates, timestamps without a time zone or texts\b",
        "des jours, des instants sans fuseau ou des textes",
    ),
    (r"\btruth values or texts\b", "des valeurs vrai ou faux, ou des textes"),
    (r"\bwhole numbers or texts\b", "des nombres entiers ou des textes"),
    (r"\btexts or whole numbers\b", "des textes ou des nombres entiers"),
    (r"\bdecimals or texts\b", "des décimaux ou des textes"),
    (r"; donner decimal or text\b", "; donner des décimaux ou des textes"),
)

#: Every pattern, in the order in which they are tried.
FRENCH: tuple[tuple[str, str], ...] = (
    *_AMOUNTS,
    *_PAYSLIPS,
    *_KEYS,
    *_FRAMES,
    *_PAY_TABLES,
    *_FILES,
    *_ENTRIES,
    *_CASES,
    *_PATHS,
    *_HISTORIES,
    *_EXPECTED,
    *_WANTED,
    *_PLACES,
    *_MEETINGS,
    *_ADVICE,
    *_VERDICTS,
    *_FRAME_TYPES,
)
