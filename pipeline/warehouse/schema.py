"""Every column of every published table, once: the source of SQL, Arrow types, data dictionary and descriptor.

Values are decimals with nine places, never floats; boxes are in PDF points from the top left corner of the
page, its rotation applied, and rounded to two places.
"""

from __future__ import annotations

from pipeline.warehouse.columns import TableSchema, columns_of

_PLACE = """
page | int | Page of the PDF, counted from 1 | Page du PDF, à partir de 1
x0 | point | Left edge of the box, in points from the left edge of the page | Bord gauche du cadre, en points depuis la gauche
top | point | Upper edge of the box, in points from the top of the page | Bord supérieur, en points depuis le haut
x1 | point | Right edge of the box, in points | Bord droit, en points
bottom | point | Lower edge of the box, in points from the top of the page | Bord inférieur, en points depuis le haut
"""
_READ = """
method | text | How it was read: text (text layer), ocr, person | Mode de lecture : text (couche texte), ocr, person
confidence | point | From 0 to 1; 1 for a text layer that passed all tests | De 0 à 1 ; 1 pour une couche texte jugée saine
"""

SCHEMA: tuple[TableSchema, ...] = (
    TableSchema(
        "reports",
        "One PDF",
        "Un PDF",
        ("report_id",),
        columns_of("""
report_id | text | First 12 hex digits of the SHA-256 of the file | 12 premiers chiffres du SHA-256 du fichier
file_name | text | Name of the file, without its folder | Nom du fichier, sans dossier
sha256 | text | SHA-256 of the bytes | SHA-256 des octets
edition_year | int | Year the report is about | Année du rapport
release_date | text | Day from which it is known: as the codebook says, else the last day of its year | Jour de parution, sinon dernier jour de son année
title_ar | text | Title as printed, Arabic | Titre imprimé, arabe
title_fr | text | Title as printed, French | Titre imprimé, français
publisher | text | Ministry, under its name of the time | Ministère, sous son nom d'alors
country | text | Country that the cover names, ISO 3166-1; empty where it names none | Pays nommé en couverture, ISO 3166-1
producer | text | Program that made the PDF, as the file says | Logiciel producteur, selon le fichier
fictitious | flag | The report says of itself that it is made up | Le rapport se dit fictif
page_count | int | Number of pages | Nombre de pages
pages_by_kind | text | Pages by kind: text, scan, mixed, garbled, outlines, blank | Pages par nature
outcome | text | read, partly, timeout, out_of_memory, crash or refused | read, partly, timeout, out_of_memory, crash ou refused
why | text | Reason and next step where it was not read in full | Motif et suite à donner
"""),
    ),
    TableSchema(
        "tables",
        "One table as printed",
        "Un tableau tel qu'imprimé",
        ("table_id",),
        columns_of("""
table_id | text | Report, page and number of the table | Rapport, page et numéro du tableau
report_id | text | Report | Rapport
page | int | Page of the PDF, counted from 1 | Page du PDF, à partir de 1
x0 | point | Left edge of the box, in points from the left edge of the page | Bord gauche du cadre, en points depuis la gauche
top | point | Upper edge of the box, in points from the top of the page | Bord supérieur, en points depuis le haut
x1 | point | Right edge of the box, in points | Bord droit, en points
bottom | point | Lower edge of the box, in points from the top of the page | Bord inférieur, en points depuis le haut
caption_ar | text | Titles above the table, Arabic, joined by / | Titres du tableau, arabe
caption_fr | text | Titles above the table, French | Titres du tableau, français
unit_note | text | Unit line as printed | Ligne d'unité imprimée
section | text | Section heading above | Titre de section
row_count | int | Rows of the grid, heads included | Lignes de la grille, en-têtes compris
column_count | int | Columns of the grid, stubs included | Colonnes de la grille
table_dir | text | rtl when the Arabic stub stands right of the figures, else ltr | rtl si les libellés arabes sont à droite
method | text | How the grid was found: strokes, camelot, aligned, or by a template of the codebook and its name | Origine de la grille : filets, camelot, alignement, ou un modèle du dictionnaire et son nom
score | point | Share of its words that lie in exactly one cell | Part des mots placés dans une seule cellule
"""),
    ),
    TableSchema(
        "readings",
        "One figure as printed",
        "Un chiffre tel qu'imprimé",
        ("reading_id",),
        columns_of(
            """
reading_id | text | Report, page and number of the reading | Rapport, page et numéro de la lecture
report_id | text | Report | Rapport
"""
            + _PLACE.strip()
            + """
kind | text | cell, prose or callout | cell, prose ou callout
raw | text | The figure as printed; never changed | Le chiffre imprimé ; jamais modifié
value | value | The number it stands for, scale words multiplied in; empty when missing | Le nombre, échelle comprise ; vide si absent
value_max | value | Upper end of a printed range | Borne haute d'un intervalle imprimé
resolution | value | One unit of the last printed digit | Une unité du dernier chiffre imprimé
unit_measure | text | PS persons, NUMBER other counts, MAD, PT percent, PP percentage points | PS personnes, NUMBER, MAD, PT, PP
unit_label | text | The counted noun or currency as printed | Le nom compté ou la monnaie, tel qu'imprimé
qualifier | text | exact, about, more_than, at_least, nearly, less_than, up_to, between | Nuance imprimée
absence | text | Kind of absence: nil (a dash), not_available, blank, merged, unreadable | Nature de l'absence
in_words | flag | The number is written in words | Nombre écrit en lettres
table_id | text | Table of a cell | Tableau de la cellule
row | int | Row of the grid, from 0 | Ligne de la grille, à partir de 0
column | int | Column of the grid as seen, from 0 at the left | Colonne vue, à partir de 0 à gauche
row_label_ar | text | Label of the row, Arabic | Libellé de la ligne, arabe
row_label_fr | text | Label of the row, French | Libellé de la ligne, français
column_label_ar | text | Label of the column, Arabic | Libellé de la colonne, arabe
column_label_fr | text | Label of the column, French | Libellé de la colonne, français
section | text | Section heading above | Titre de section
sentence | text | Sentence of a prose figure | Phrase du chiffre
period | text | Reference period near the figure | Période de référence proche
period_stated | flag | The period is printed with the figure | Période imprimée avec le chiffre
base_period | text | Period a growth is measured against | Période de comparaison
measure | text | level, growth_rate, rate or target | level, growth_rate, rate ou target
"""
            + _READ.strip()
            + """
second_raw | text | What a second reading of a scan gave where it differs | Seconde lecture si elle diffère
order_repaired | flag | Digit groups displayed in reversed order were turned back | Groupes de chiffres remis dans l'ordre
"""
        ),
    ),
    TableSchema(
        "mentions",
        "One number or number word that is no figure",
        "Un nombre qui n'est pas un chiffre statistique",
        ("mention_id",),
        columns_of(
            """
mention_id | text | Report, page and number of the mention | Rapport, page et numéro
report_id | text | Report | Rapport
"""
            + _PLACE.strip()
            + """
kind | text | date, period, year, law, article, ordinal, list_marker, address, phone, url, … | Nature de la mention
raw | text | As printed | Tel qu'imprimé
value | text | Normalised form: ISO date, 2022/2026 for a period | Forme normalisée
weekday | text | Weekday printed with a date | Jour de semaine imprimé
section | text | Section heading above | Titre de section
sentence | text | Sentence it stands in | Phrase
"""
        ),
    ),
    TableSchema(
        "observations",
        "One figure normalised, one vintage",
        "Un chiffre normalisé, un millésime",
        ("observation_id",),
        columns_of(
            """
observation_id | text | Series, period and report | Série, période et rapport
series_id | text | Series | Série
ref_area | text | Territory, ISO 3166-2 (MA is the country) | Territoire, ISO 3166-2
indicator | text | Code of the indicator; X_… is provisional | Code de l'indicateur ; X_… est provisoire
indicator_known | flag | The indicator is in the codebook | L'indicateur est au codebook
sex | text | M, F, _T total | M, F, _T total
age | text | Age group, _T all ages | Tranche d'âge, _T tous âges
dimensions | text | Further dimensions, name=value joined by ; | Autres dimensions
time_period | text | Reference period: 2023, 2023-06, 2015/2025, 2023-S1, 2023-01-01/P9M (nine months) | Période de référence
period_stated | flag | The period is printed; else it is the year of the report | Période imprimée, sinon année du rapport
report_year | int | Year of the report that says so: the vintage | Année du rapport : le millésime
obs_value | value | Value in unit_measure times ten to unit_mult; empty when missing | Valeur ; vide si absente
unit_measure | text | PS persons, NUMBER, MAD, PT percent, PP | PS personnes, NUMBER, MAD, PT, PP
unit_mult | int | Power of ten, always 0 | Puissance de dix, toujours 0
decimals | int | Decimals printed | Décimales imprimées
qualifier | text | exact, about, more_than, at_least, nearly, less_than, up_to, between | Nuance imprimée
lower_bound | value | Least value the print allows; empty is unbounded | Borne basse ; vide = sans borne
upper_bound | value | Greatest value the print allows; empty is unbounded | Borne haute ; vide = sans borne
obs_status | text | A normal, M can't exist (a dash), O missing, E estimated, P provisional | Statut SDMX
measure | text | level, growth_rate or rate | level, growth_rate ou rate
base_period | text | Period a growth is measured against | Période de comparaison
raw | text | The figure as printed | Le chiffre imprimé
"""
            + _PLACE.strip()
            + """
report_id | text | Report | Rapport
reading_id | text | Reading it was made of | Lecture d'origine
duplicates | texts | Other readings of the same report that say the same | Autres lectures identiques du rapport
"""
            + _READ.strip()
            + """
validation | text | pass, warning, error, or unchecked when no check could look at it | pass, warning, error ou unchecked
edit_id | text | Edit that changed the value | Modification appliquée
"""
        ),
    ),
    TableSchema(
        "series",
        "Register of series",
        "Registre des séries",
        ("series_id",),
        columns_of("""
series_id | text | Indicator, area, sex, age and further dimensions | Indicateur, territoire, sexe, âge, autres
indicator | text | Code of the indicator | Code de l'indicateur
label_ar | text | Label, Arabic | Libellé, arabe
label_fr | text | Label, French | Libellé, français
label_en | text | Label, English | Libellé, anglais
ref_area | text | Territory | Territoire
sex | text | M, F, _T | M, F, _T
age | text | Age group | Tranche d'âge
dimensions | text | Further dimensions | Autres dimensions
unit_measure | text | Unit | Unité
first_period | text | First reference period | Première période
last_period | text | Last reference period | Dernière période
first_vintage | int | Year of the first report that states it | Premier millésime
last_vintage | int | Year of the last report that states it | Dernier millésime
observation_count | int | Number of observations | Nombre d'observations
"""),
    ),
    TableSchema(
        "indicators",
        "What one indicator counts",
        "Ce que compte un indicateur",
        ("indicator",),
        columns_of("""
indicator | text | Code of the indicator; X_… is provisional | Code de l'indicateur ; X_… est provisoire
indicator_known | flag | The indicator is in the codebook | L'indicateur est au codebook
label_ar | text | Label, Arabic | Libellé, arabe
label_fr | text | Label, French | Libellé, français
label_en | text | Label, English | Libellé, anglais
definition_ar | text | What is counted, and since when, Arabic | Ce qui est compté, et depuis quand, arabe
definition_fr | text | What is counted, French | Ce qui est compté, français
definition_en | text | What is counted, English | Ce qui est compté, anglais
unit_measure | text | Unit | Unité
kind | text | flow, stock, share, rate, target or structure; empty when provisional | flow, stock, share, rate, target, structure
additive | texts | Dimensions over which values may be added up, year for years | Dimensions sur lesquelles on peut additionner
"""),
    ),
    TableSchema(
        "links",
        "Why figures of one report are of one indicator",
        "Pourquoi des chiffres d'un rapport sont d'un indicateur",
        ("indicator", "report_id"),
        columns_of("""
indicator | text | Code of the indicator | Code de l'indicateur
report_id | text | Report | Rapport
indicator_known | flag | The indicator is in the codebook | L'indicateur est au codebook
printed | text | Words near the first of the figures | Mots près du premier chiffre
why | text | Row of the codebook that fits them, or how the indicator was made or united | Ligne du codebook, ou origine
observation_count | int | Number of figures | Nombre de chiffres
"""),
    ),
    TableSchema(
        "proposals",
        "Two indicators that may be one",
        "Deux indicateurs qui n'en font peut-être qu'un",
        ("indicator", "other"),
        columns_of("""
indicator | text | Code of the indicator; they are kept apart until a person decides | Code de l'indicateur
other | text | Code of the other one | Code de l'autre
score | point | Likeness of their words, 0 to 100; 50 where rows of the codebook tie | Ressemblance, de 0 à 100
why | text | What speaks for it | Ce qui plaide pour
"""),
    ),
    TableSchema(
        "revisions",
        "One period said by two vintages",
        "Une période dite par deux millésimes",
        ("series_id", "time_period", "old_observation_id", "new_observation_id"),
        columns_of("""
series_id | text | Series | Série
time_period | text | Reference period | Période de référence
old_year | int | Year of the earlier report | Année du premier rapport
new_year | int | Year of the later report | Année du second rapport
old_value | value | What the earlier report says | Valeur du premier
new_value | value | What the later report says | Valeur du second
difference | value | New minus old | Nouveau moins ancien
old_observation_id | text | Observation of the earlier report | Observation du premier
new_observation_id | text | Observation of the later report | Observation du second
"""),
    ),
    TableSchema(
        "findings",
        "One suspicion",
        "Un soupçon",
        ("finding_id",),
        columns_of(
            """
finding_id | text | Hash of rule, targets and values | Empreinte de la règle, des cibles et des valeurs
rule | text | Code of the rule | Code de la règle
level | text | cell, table, document or series | cell, table, document ou series
severity | text | error, warning or information | error, warning ou information
origin | text | extraction, source, revision, definition, wording, undetermined | Origine probable
report_id | text | Report | Rapport
"""
            + _PLACE.strip()
            + """
series_id | text | Series of a finding across years | Série concernée
expected | text | What was expected | Attendu
observed | text | What was found | Constaté
message_ar | text | The arithmetic in one line, Arabic | L'arithmétique en une ligne, arabe
message_fr | text | The arithmetic in one line, French | L'arithmétique en une ligne, français
message_en | text | The arithmetic in one line, English | L'arithmétique en une ligne, anglais
explanations | text | What would explain it, the likeliest first, with bars between | Ce qui l'expliquerait, le plus probable d'abord, séparé par des barres
readings | texts | Readings it touches, the most suspected first | Lectures concernées
observations | texts | Observations it touches | Observations concernées
priority | point | Order for review, the greatest first | Ordre de revue
accepted | flag | A person has looked at it | Examiné par une personne
"""
        ),
    ),
    TableSchema(
        "edits",
        "One change of a value",
        "Une modification de valeur",
        ("edit_id",),
        columns_of("""
edit_id | text | Hash of the change | Empreinte de la modification
reading_id | text | Reading | Lecture
field | text | Field changed | Champ modifié
old | text | Value before | Valeur avant
new | text | Value after | Valeur après
by | text | Rule or person | Règle ou personne
reason | text | Why | Motif
"""),
    ),
    TableSchema(
        "codelists",
        "One code",
        "Un code",
        ("list", "code"),
        columns_of("""
list | text | Code list | Liste de codes
code | text | Code | Code
label_ar | text | Label, Arabic | Libellé, arabe
label_fr | text | Label, French | Libellé, français
label_en | text | Label, English | Libellé, anglais
valid_from | int | First year of the name, of areas, bodies and programmes | Première année du nom
valid_to | int | Last year of the name; empty while it lasts | Dernière année du nom ; vide s'il vaut encore
"""),
    ),
)


def table(name: str) -> TableSchema:
    """Schema of one table.

    Raises:
        KeyError: there is no such table.
    """
    return {one.name: one for one in SCHEMA}[name]
