"""Made-up quantities as reports of three years word and lay them out, and others beside them that are only alike.

``WORKED_WITH`` was looked at while the linking was written, ``HELD_BACK`` was written after it and measured once
before two rows of the codebook were mended for it (``tests/bench/README.md``). A
wording is Arabic, French and a layout: ``rows`` (sexes down), ``columns`` (sexes across), ``regions`` (sexes across,
regions down), ``apart`` (men and women each in a table of their own), ``thousands`` (rows, printed in thousands).
"""

from __future__ import annotations

#: Arabic caption, French caption, layout.
Wording = tuple[str, str, str]
#: Three years of every quantity.
Years = dict[str, tuple[Wording, Wording, Wording]]

# fmt: off
WORKED_WITH: Years = {
    "summer clubs": (
        (
            "المستفيدون من الأندية الصيفية لفائدة الأطفال",
            "Bénéficiaires des clubs d'été pour enfants",
            "rows",
        ),
        ("المستفيدون من الأندية الصيفية لفائدة الأطفال", "Enfants bénéficiaires des clubs d'été", "columns"),
        (
            "المستفيدات والمستفيدون من الأندية الصيفية للأطفال",
            "Enfants bénéficiaires des clubs d'été",
            "rows",
        ),
    ),
    "winter clubs": (
        (
            "المستفيدون من الأندية الشتوية لفائدة الأطفال",
            "Bénéficiaires des clubs d'hiver pour enfants",
            "rows",
        ),
        (
            "المستفيدون من الأندية الشتوية لفائدة الأطفال",
            "Bénéficiaires des clubs d'hiver pour enfants",
            "rows",
        ),
        (
            "المستفيدون من الأندية الشتوية لفائدة الأطفال",
            "Enfants bénéficiaires des clubs d'hiver",
            "columns",
        ),
    ),
    "nurseries": (
        ("الأطفال المسجلون بدور الحضانة", "Enfants inscrits dans les crèches", "regions"),
        ("الأطفال المسجلون بدور الحضانة", "Enfants inscrits en crèche", "regions"),
        ("أطفال دور الحضانة", "Enfants inscrits en crèche", "regions"),
    ),
    "preschools": (
        ("الأطفال المسجلون بالتعليم الأولي", "Enfants inscrits au préscolaire", "regions"),
        ("الأطفال المسجلون بالتعليم الأولي", "Enfants inscrits au préscolaire", "rows"),
        ("عدد الأطفال المسجلين بالتعليم الأولي", "Enfants inscrits au préscolaire", "rows"),
    ),
    "craft training": (
        ("المستفيدون من التكوين في الصناعة التقليدية", "Bénéficiaires de la formation artisanale", "rows"),
        (
            "المستفيدون من التكوين في مهن الصناعة التقليدية",
            "Bénéficiaires de la formation artisanale",
            "apart",
        ),
        (
            "المستفيدون من التكوين في الصناعة التقليدية",
            "Personnes formées aux métiers de l'artisanat",
            "rows",
        ),
    ),
    "farm training": (
        ("المستفيدون من التكوين الفلاحي", "Bénéficiaires de la formation agricole", "rows"),
        ("المستفيدون من التكوين الفلاحي", "Bénéficiaires de la formation agricole", "rows"),
        ("المستفيدون من التكوين الفلاحي", "Bénéficiaires de la formation agricole", "thousands"),
    ),
    "both reworded": (
        (
            "عدد المستفيدين من خدمات الوساطة الأسرية",
            "Nombre de bénéficiaires de la médiation familiale",
            "rows",
        ),
        ("المستفيدون من خدمات الوساطة الأسرية", "Bénéficiaires de la médiation familiale", "rows"),
        (
            "توزيع المستفيدين من الوساطة الأسرية حسب الجنس",
            "Répartition des bénéficiaires de la médiation familiale par sexe",
            "rows",
        ),
    ),
    "legal aid": (
        ("عدد المستفيدين من المساعدة القانونية", "Nombre de bénéficiaires de l'aide juridique", "rows"),
        ("المستفيدون من المساعدة القانونية", "Bénéficiaires de l'aide juridique", "rows"),
        ("المستفيدون من المساعدة القانونية", "Personnes bénéficiant de l'aide juridique", "rows"),
    ),
    "literacy": (
        ("المستفيدون من برنامج محو الأمية", "Bénéficiaires du programme d'alphabétisation", "rows"),
        ("المستفيدون من برنامج محو الأمية", "Personnes inscrites au programme d'alphabétisation", "columns"),
        ("عدد المسجلين في برنامج محو الأمية", "Personnes inscrites au programme d'alphabétisation", "rows"),
    ),
    "literacy in prisons": (
        (
            "المستفيدون من برنامج محو الأمية بالسجون",
            "Bénéficiaires du programme d'alphabétisation en prison",
            "rows",
        ),
        (
            "المستفيدون من برنامج محو الأمية بالسجون",
            "Bénéficiaires du programme d'alphabétisation en prison",
            "rows",
        ),
        (
            "المستفيدون من برنامج محو الأمية داخل السجون",
            "Bénéficiaires du programme d'alphabétisation en prison",
            "columns",
        ),
    ),
    "boarding": (
        ("التلاميذ المقيمون بدور الطالب", "Élèves hébergés dans les maisons de l'étudiant", "regions"),
        ("عدد التلاميذ المقيمين بدور الطالب", "Élèves hébergés dans les maisons de l'étudiant", "regions"),
        ("عدد التلاميذ المقيمين بدور الطالب", "Élèves hébergés en dar attalib", "rows"),
    ),
    "boarding of girls": (
        ("التلميذات المقيمات بدور الطالبة", "Élèves hébergées dans les maisons de l'étudiante", "regions"),
        ("التلميذات المقيمات بدور الطالبة", "Élèves hébergées dans les maisons de l'étudiante", "regions"),
        ("التلميذات المقيمات بدار الطالبة", "Élèves hébergées dans les maisons de l'étudiante", "rows"),
    ),
    "cooperatives": (
        ("أعضاء التعاونيات المحدثة", "Membres des coopératives créées", "rows"),
        ("عضوات وأعضاء التعاونيات المحدثة", "Membres des coopératives créées", "rows"),
        ("عضوات وأعضاء التعاونيات المحدثة", "Adhérents des coopératives nouvellement créées", "columns"),
    ),
    "street children": (
        (
            "عدد الأطفال في وضعية الشارع المتكفل بهم",
            "Nombre d'enfants en situation de rue pris en charge",
            "rows",
        ),
        ("الأطفال في وضعية الشارع المتكفل بهم", "Enfants en situation de rue pris en charge", "rows"),
        (
            "توزيع الأطفال في وضعية الشارع المتكفل بهم حسب الجنس",
            "Répartition des enfants en situation de rue pris en charge selon le sexe",
            "rows",
        ),
    ),
    "street children reunited": (
        (
            "عدد الأطفال في وضعية الشارع المدمجين أسريا",
            "Nombre d'enfants en situation de rue réinsérés en famille",
            "rows",
        ),
        (
            "الأطفال في وضعية الشارع المدمجون أسريا",
            "Enfants en situation de rue réinsérés en famille",
            "rows",
        ),
        (
            "الأطفال في وضعية الشارع المدمجون أسريا",
            "Enfants en situation de rue réinsérés en famille",
            "apart",
        ),
    ),
    "apprentices": (
        ("المتدربون بمراكز التربية والتكوين", "Stagiaires des centres d'éducation et de formation", "rows"),
        ("المتدربون بمراكز التربية والتكوين", "Stagiaires des centres d'éducation et de formation", "apart"),
        (
            "المتدربات والمتدربون بمراكز التربية والتكوين",
            "Stagiaires des centres d'éducation et de formation",
            "rows",
        ),
    ),
    "graduates": (
        ("خريجو مراكز التربية والتكوين", "Lauréats des centres d'éducation et de formation", "rows"),
        ("خريجو مراكز التربية والتكوين", "Lauréats des centres d'éducation et de formation", "rows"),
        ("خريجات وخريجو مراكز التربية والتكوين", "Lauréats des centres d'éducation et de formation", "rows"),
    ),
    "wheelchairs": (
        ("المستفيدون من الكراسي المتحركة", "Bénéficiaires de fauteuils roulants", "rows"),
        ("المستفيدون من الكراسي المتحركة", "Bénéficiaires de fauteuils roulants", "thousands"),
        ("المستفيدون من الكراسي المتحركة", "Personnes ayant reçu un fauteuil roulant", "regions"),
    ),
    "hearing aids": (
        ("المستفيدون من المعينات السمعية", "Bénéficiaires d'appareils auditifs", "rows"),
        ("المستفيدون من المعينات السمعية", "Bénéficiaires d'appareils auditifs", "rows"),
        ("المستفيدون من المعينات السمعية", "Bénéficiaires d'aides auditives", "rows"),
    ),
    "listening": (
        ("النساء المستقبلات بخلايا الاستماع", "Femmes accueillies par les cellules d'écoute", "rows"),
        (
            "عدد النساء المستقبلات بخلايا الاستماع",
            "Nombre de femmes accueillies par les cellules d'écoute",
            "rows",
        ),
        (
            "عدد النساء الوافدات على خلايا الاستماع",
            "Nombre de femmes accueillies par les cellules d'écoute",
            "columns",
        ),
    ),
    "sheltered": (
        ("النساء المستفيدات من الإيواء", "Femmes hébergées", "rows"),
        ("النساء المستفيدات من خدمات الإيواء", "Femmes hébergées", "rows"),
        ("النساء المستفيدات من الإيواء", "Femmes bénéficiant de l'hébergement", "rows"),
    ),
    "pilgrims": (
        ("المسنون المستفيدون من رحلات العمرة", "Personnes âgées bénéficiaires de la omra", "rows"),
        ("المسنون المستفيدون من رحلات الحج", "Personnes âgées bénéficiaires du hajj", "rows"),
        (
            "المسنون المستفيدون من رحلات الحج والعمرة",
            "Personnes âgées bénéficiaires du hajj et de la omra",
            "rows",
        ),
    ),
}

HELD_BACK: Years = {
    "microcredit": (
        ("المستفيدون من القروض الصغرى", "Bénéficiaires de microcrédits", "rows"),
        ("عدد المستفيدات والمستفيدين من القروض الصغرى", "Bénéficiaires de microcrédits", "columns"),
        ("عدد المستفيدات والمستفيدين من القروض الصغرى", "Clients des associations de microcrédit", "rows"),
    ),
    "microcredit defaulted": (
        ("المتخلفون عن أداء القروض الصغرى", "Débiteurs défaillants de microcrédits", "rows"),
        ("المتخلفون عن أداء القروض الصغرى", "Débiteurs défaillants des microcrédits", "rows"),
        ("عدد المتخلفين عن أداء القروض الصغرى", "Nombre de débiteurs défaillants des microcrédits", "rows"),
    ),
    "school meals": (
        ("التلاميذ المستفيدون من الإطعام المدرسي", "Élèves bénéficiaires de la cantine scolaire", "regions"),
        (
            "التلاميذ المستفيدون من خدمات الإطعام المدرسي",
            "Élèves bénéficiaires de la cantine scolaire",
            "regions",
        ),
        (
            "التلميذات والتلاميذ المستفيدون من الإطعام المدرسي",
            "Élèves bénéficiaires de la cantine scolaire",
            "rows",
        ),
    ),
    "school transport": (
        ("التلاميذ المستفيدون من النقل المدرسي", "Élèves bénéficiaires du transport scolaire", "regions"),
        (
            "توزيع التلاميذ المستفيدين من النقل المدرسي حسب الجهة والجنس",
            "Répartition des élèves bénéficiaires du transport scolaire par région et sexe",
            "regions",
        ),
        ("التلاميذ المستفيدون من النقل المدرسي", "Bénéficiaires du transport scolaire", "apart"),
    ),
    "adoptions": (
        ("الأطفال المكفولون", "Enfants recueillis en kafala", "rows"),
        ("الأطفال المتكفل بهم في إطار الكفالة", "Enfants recueillis en kafala", "rows"),
        ("الأطفال المتكفل بهم في إطار الكفالة", "Enfants placés en kafala", "columns"),
    ),
    "social workers": (
        ("المساعدون الاجتماعيون المكونون", "Assistants sociaux formés", "rows"),
        ("المساعدات والمساعدون الاجتماعيون المكونون", "Assistantes et assistants sociaux formés", "rows"),
        ("عدد المساعدين الاجتماعيين المكونين", "Nombre d'assistants sociaux formés", "rows"),
    ),
    "social workers hired": (
        ("المساعدون الاجتماعيون الجدد", "Assistants sociaux recrutés", "rows"),
        ("المساعدون الاجتماعيون الموظفون", "Assistants sociaux recrutés", "rows"),
        ("المساعدون الاجتماعيون الموظفون", "Assistants sociaux recrutés dans l'année", "rows"),
    ),
    "dialysis": (
        (
            "المرضى المتكفل بهم بمراكز تصفية الدم",
            "Patients pris en charge dans les centres de dialyse",
            "rows",
        ),
        (
            "المرضى المتكفل بهم بمراكز تصفية الكلي",
            "Patients pris en charge dans les centres de dialyse",
            "thousands",
        ),
        ("مرضى القصور الكلوي المتكفل بهم", "Patients pris en charge dans les centres de dialyse", "rows"),
    ),
    "seniors in care": (
        (
            "الأشخاص المسنون المقيمون بمؤسسات الرعاية",
            "Personnes âgées résidant dans les établissements de soins",
            "rows",
        ),
        (
            "المسنون نزلاء مؤسسات الرعاية",
            "Personnes âgées résidant dans les établissements de soins",
            "columns",
        ),
        ("المسنون نزلاء مؤسسات الرعاية", "Seniors résidant dans les établissements de soins", "rows"),
    ),
    "seniors at home": (
        ("الأشخاص المسنون المستفيدون من الرعاية المنزلية", "Personnes âgées soignées à domicile", "rows"),
        ("الأشخاص المسنون المستفيدون من الرعاية بالمنزل", "Personnes âgées soignées à domicile", "rows"),
        (
            "الأشخاص المسنون المستفيدون من الرعاية بالمنزل",
            "Personnes âgées bénéficiant de soins à domicile",
            "rows",
        ),
    ),
    "women entrepreneurs": (
        ("النساء حاملات المشاريع المواكبات", "Femmes porteuses de projets accompagnées", "regions"),
        (
            "عدد النساء حاملات المشاريع المواكبات",
            "Nombre de femmes porteuses de projets accompagnées",
            "regions",
        ),
        ("النساء المقاولات المواكبات", "Femmes porteuses de projets accompagnées", "regions"),
    ),
    "youth entrepreneurs": (
        ("الشباب حاملو المشاريع المواكبون", "Jeunes porteurs de projets accompagnés", "regions"),
        ("الشباب حاملو المشاريع المواكبون", "Jeunes porteurs de projets accompagnés", "regions"),
        ("الشباب حاملو المشاريع", "Jeunes porteurs de projets accompagnés", "rows"),
    ),
    "camps": (
        ("المستفيدون من مخيمات الربيع", "Participants aux camps de printemps", "rows"),
        ("المستفيدون من مخيمات الصيف", "Participants aux camps d'été", "rows"),
        ("المستفيدون من مخيمات الشتاء", "Participants aux camps d'hiver", "rows"),
    ),
}

# fmt: on
#: Names whose years are different quantities in spite of their likeness.
DIFFERENT = ("pilgrims", "camps")
