"""How a refusal is contested: the general notice of each way (to be validated by the legal department).

Sources: code de justice administrative, R421-1, R421-5 and R421-7; code des relations entre le public
et l’administration, L342-1, R343-1 and L411-2; règlement (UE) 2016/679, article 77; loi organique
n° 2011-333, article 6.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from categories.enums import Recourse

_COURT: Final = _(
    "Si vous estimez que cette décision est irrégulière, vous pouvez saisir le tribunal administratif de "
    "Marseille dans un délai de deux mois à compter de sa notification (code de justice administrative, "
    "article R421-1), par courrier ou par l’application Télérecours citoyens "
    "(https://citoyens.telerecours.fr). Ce délai est augmenté d’un mois si vous demeurez outre-mer, et de "
    "deux mois si vous demeurez à l’étranger (article R421-7)."
)
_INFORMAL: Final = _(
    "Dans ce même délai, vous pouvez aussi demander à l’auteur de la décision ou au président de "
    "l’université de la revoir (recours gracieux ou hiérarchique). Cette demande interrompt le délai pour "
    "saisir le tribunal (code des relations entre le public et l’administration, article L411-2)."
)

NOTICES: Final = {
    Recourse.ADMINISTRATIVE_COURT: (_COURT, _INFORMAL),
    Recourse.CADA: (
        _(
            "Avant toute saisine du tribunal, vous devez saisir la Commission d’accès aux documents "
            "administratifs (CADA, https://www.cada.fr) dans un délai de deux mois à compter de la "
            "notification de ce refus (code des relations entre le public et l’administration, articles "
            "L342-1 et R343-1)."
        ),
        _(
            "Si le refus est maintenu après l’avis de la CADA, vous pourrez saisir le tribunal "
            "administratif de Marseille."
        ),
    ),
    Recourse.CNIL: (
        _(
            "Vous pouvez adresser une réclamation à la Commission nationale de l’informatique et des "
            "libertés (CNIL, https://www.cnil.fr ; règlement (UE) 2016/679, article 77)."
        ),
        _COURT,
    ),
    Recourse.RIGHTS_DEFENDER: (
        _(
            "Vous pouvez saisir gratuitement le Défenseur des droits (https://www.defenseurdesdroits.fr). "
            "Cette saisine ne suspend pas le délai pour saisir le tribunal."
        ),
        _COURT,
    ),
}


def appeal_notice(recourse):
    """Return the paragraphs of the notice for this way of appeal."""
    return NOTICES[Recourse(recourse)]
