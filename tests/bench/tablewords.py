"""Words of the drawn table pages: two vocabularies, one to develop with and one that development never saw."""

from __future__ import annotations

from dataclasses import dataclass

Pair = tuple[str, str]  # Arabic, French


@dataclass(frozen=True)
class Words:
    """Labels of rows and columns, groups of columns, captions and prose of one vocabulary."""

    stub: tuple[Pair, ...]
    rows: tuple[tuple[Pair, ...], ...]
    nested: tuple[tuple[Pair, tuple[Pair, ...]], ...]
    counts: tuple[Pair, ...]
    shares: tuple[Pair, ...]
    groups: tuple[tuple[Pair, ...], ...]
    captions: tuple[Pair, ...]
    totals: tuple[Pair, ...]
    units: tuple[Pair, ...]
    notes: tuple[str, ...]
    prose_ar: tuple[str, ...]
    prose_fr: tuple[str, ...]


_REGIONS: tuple[Pair, ...] = (
    ("طنجة تطوان الحسيمة", "Tanger-Tétouan-Al Hoceïma"),
    ("الشرق", "L'Oriental"),
    ("فاس مكناس", "Fès-Meknès"),
    ("الرباط سلا القنيطرة", "Rabat-Salé-Kénitra"),
    ("بني ملال خنيفرة", "Béni Mellal-Khénifra"),
    ("الدار البيضاء سطات", "Casablanca-Settat"),
    ("مراكش آسفي", "Marrakech-Safi"),
    ("درعة تافيلالت", "Drâa-Tafilalet"),
)

DEVELOPMENT = Words(
    stub=(
        ("الجنس", "Sexe"),
        ("الجهة", "Région"),
        ("الفئة العمرية", "Tranche d'âge"),
        ("المؤسسة", "Institution"),
    ),
    rows=(
        (("ذكر", "Masculin"), ("أنثى", "Féminin")),
        _REGIONS[:6],
        (
            ("أقل من 15 سنة", "Moins de 15 ans"),
            ("من 15 إلى 59 سنة", "De 15 à 59 ans"),
            ("60 سنة فما فوق", "60 ans et plus"),
        ),
        (
            ("دور الأطفال", "Maisons d'enfants"),
            ("مراكز الأشخاص المسنين", "Centres pour personnes âgées"),
            ("دور الطالبة", "Maisons de l'étudiante"),
            ("المراكز الاجتماعية", "Centres sociaux"),
        ),
    ),
    nested=(
        (_REGIONS[2], (("فاس", "Fès"), ("مكناس", "Meknès"), ("إفران", "Ifrane"))),
        (_REGIONS[3], (("الرباط", "Rabat"), ("سلا", "Salé"))),
        (_REGIONS[6], (("مراكش", "Marrakech"), ("آسفي", "Safi"))),
    ),
    counts=(
        ("عدد المستفيدين", "Nombre de bénéficiaires"),
        ("عدد الطلبات", "Nombre de demandes"),
        ("عدد المشاريع", "Nombre de projets"),
        ("عدد الجمعيات", "Nombre d'associations"),
    ),
    shares=(("النسبة المئوية", "Pourcentage"), ("نسبة التغطية", "Taux de couverture")),
    groups=(
        (("الذكور", "Hommes"), ("الإناث", "Femmes")),
        (("الوسط الحضري", "Milieu urbain"), ("الوسط القروي", "Milieu rural")),
    ),
    captions=(
        ("توزيع المستفيدين حسب الجنس", "Répartition des bénéficiaires par sexe"),
        ("تحليل المعطيات الخاصة بالبرنامج", "Analyse des données du programme"),
        ("الطلبات حسب الجهات", "Demandes par région"),
    ),
    totals=(("المجموع", "Total"),),
    units=(("بملايين الدراهم", "En millions de DH"), ("بالدرهم", "En DH")),
    notes=("المصدر: مديرية التخطيط والإحصاء", "Source : direction de la planification", "(1) معطيات مؤقتة"),
    prose_ar=(
        "في إطار تنزيل البرنامج الحكومي برسم سنة 2023 عملت الوزارة على دعم 1830 مشروعا مدرا للدخل لفائدة الأشخاص في وضعية إعاقة.",
        "كما تم توقيع 105 اتفاقية شراكة مع الجمعيات المسيرة للمؤسسات متعددة الوظائف بمبلغ يصل إلى 25 مليون درهم خلال السنة نفسها.",
        "وتجدر الإشارة إلى أن هذا الورش يندرج ضمن رؤية شمولية تهدف إلى تعزيز الحماية الاجتماعية وتحسين ظروف عيش الأسر بمختلف الجهات.",
    ),
    prose_fr=(
        "Dans le cadre du programme gouvernemental, le ministère a soutenu 1 830 projets générateurs de revenus en 2023.",
        "En outre, 105 conventions de partenariat ont été signées avec les associations, pour un montant de 25 millions de dirhams.",
        "Ce chantier s'inscrit dans une vision globale visant à renforcer la protection sociale et les conditions de vie des familles.",
    ),
)

VERIFICATION = Words(
    stub=(
        ("نوع الإعاقة", "Type de handicap"),
        ("الإقليم", "Province"),
        ("الشريك", "Partenaire"),
        ("باب الميزانية", "Chapitre budgétaire"),
    ),
    rows=(
        (
            ("إعاقة حركية", "Handicap moteur"),
            ("إعاقة بصرية", "Handicap visuel"),
            ("إعاقة سمعية", "Handicap auditif"),
            ("إعاقة ذهنية", "Handicap mental"),
        ),
        (
            ("الحوز", "Al Haouz"),
            ("أزيلال", "Azilal"),
            ("تارودانت", "Taroudant"),
            ("ورزازات", "Ouarzazate"),
            ("شيشاوة", "Chichaoua"),
        ),
        (
            ("التعاون الوطني", "Entraide nationale"),
            ("وكالة التنمية الاجتماعية", "Agence de développement social"),
            ("الجماعات الترابية", "Collectivités territoriales"),
        ),
        (
            ("نفقات الموظفين", "Dépenses de personnel"),
            ("المعدات والنفقات المختلفة", "Matériel et dépenses diverses"),
            ("الاستثمار", "Investissement"),
        ),
    ),
    nested=(
        (("سوس ماسة", "Souss-Massa"), (("أكادير", "Agadir"), ("تيزنيت", "Tiznit"))),
        (
            ("كلميم واد نون", "Guelmim-Oued Noun"),
            (("كلميم", "Guelmim"), ("سيدي إفني", "Sidi Ifni"), ("طانطان", "Tan-Tan")),
        ),
    ),
    counts=(
        ("عدد الملفات المعالجة", "Dossiers traités"),
        ("عدد الأسر", "Nombre de ménages"),
        ("الاعتمادات المفتوحة", "Crédits ouverts"),
        ("عدد المراكز المجهزة", "Centres équipés"),
    ),
    shares=(("معدل الإنجاز", "Taux de réalisation"), ("الحصة", "Part")),
    groups=(
        (("الأسدس الأول", "Premier semestre"), ("الأسدس الثاني", "Second semestre")),
        (("التوقعات", "Prévisions"), ("المنجزات", "Réalisations")),
    ),
    captions=(
        ("حصيلة الخدمات المقدمة بالأقاليم", "Bilan des prestations dans les provinces"),
        ("تطور الملفات خلال الفترة", "Évolution des dossiers sur la période"),
    ),
    totals=(("المجموع العام", "Total général"), ("الإجمالي", "Ensemble")),
    units=(("بآلاف الدراهم", "En milliers de DH"), ("بملايين الدراهم", "En MDH")),
    notes=("المصدر: التعاون الوطني، معطيات غير نهائية", "Source : rapports des délégations", "* أرقام مصححة"),
    prose_ar=(
        "شهدت سنة 2022 إحداث 38 مركزا جديدا بشراكة مع الجماعات الترابية، واستفادت منها أزيد من 6000 أسرة في المناطق الجبلية.",
        "وقد خصص لهذه العملية غلاف مالي قدره 53 مليون درهم موزع على 12 جهة وفق معايير محددة من طرف اللجنة الوطنية.",
        "ومن أجل مواكبة هذه الدينامية نظمت الوزارة لقاءات تواصلية مع مختلف الفاعلين المحليين والمنتخبين وممثلي المجتمع المدني.",
    ),
    prose_fr=(
        "L'année 2022 a vu la création de 38 centres en partenariat avec les collectivités, au profit de plus de 6 000 ménages.",
        "Une enveloppe de 53 millions de dirhams, répartie sur 12 régions selon des critères arrêtés, a été consacrée à cette opération.",
        "Pour accompagner cette dynamique, des rencontres ont été tenues avec les acteurs locaux et les représentants de la société civile.",
    ),
)
