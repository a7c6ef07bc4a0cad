"""What a text requires is asked for, comes in two times without JavaScript; a file is taken back in time."""

import pytest

from tests.e2e import samples
from tests.e2e.actors import INES, LEA

pytestmark = pytest.mark.browser


def test_what_is_missing_comes_in_two_times_without_javascript(stage):
    lea, ines = stage.member(LEA, javascript=False), stage.member(INES)
    reference = lea.file("Inscription après un accident")
    ines.handle(reference)
    ines.press("Prendre en charge", exact=True)
    ines.follow("Demander des pièces manquantes")
    ines.sees("posez plutôt une question")
    ines.page.get_by_label("Ce qui manque").fill("Attestation CVEC\nJustificatif du motif du retard")
    ines.press("Demander des pièces manquantes")
    ines.sees("Dites si ces éléments sont indispensables.")
    ines.look("gestion-demander-des-pieces")
    ines.page.get_by_label("Non, ils sont indispensables").check()
    ines.page.get_by_label("Texte qui l’exige").fill("Code de l’éducation, D612-4")
    ines.press("Demander des pièces manquantes")
    ines.sees("Demande de pièces envoyée au demandeur")

    lea.open(reference)
    lea.sees_status("Votre réponse est attendue")
    lea.sees("À envoyer au plus tard le", "Justificatif du motif du retard")
    reader = stage.member(LEA)
    reader.open(reference)
    reader.look("demande-pieces-attendues")
    lea.page.get_by_label("Attestation CVEC").check()
    lea.field("Votre réponse").fill("Voici l’attestation ; le justificatif suit.")
    lea.attach(samples.pdf("attestation.pdf"))
    lea.press("Envoyer", exact=True)
    lea.sees("Encore attendu")
    lea.sees_status("Votre réponse est attendue")
    lea.page.get_by_label("Je n’enverrai rien de plus").check()
    lea.press("Envoyer", exact=True)
    lea.sees_status("En cours de traitement")

    ines.handle(reference)
    ines.sees("Pièces demandées", "ne sera pas envoyé, dit le demandeur")
    ines.look("gestion-pieces-demandees")


def test_a_file_is_taken_back_before_anybody_opened_it(stage):
    lea = stage.member(LEA)
    reference = lea.file(
        "Inscription, mauvais fichier", "Bonjour, voici ma demande.", samples.pdf("mauvais-fichier.pdf")
    )
    lea.open(reference)
    lea.follow("Retirer mauvais-fichier.pdf")
    lea.title("Retirer un fichier")
    lea.look("demande-retirer-un-fichier")
    lea.press("Retirer un fichier")
    lea.sees("Votre fichier est retiré", "fichier-retire.pdf")
    lea.sees_nothing_of("mauvais-fichier.pdf")
    lea.look("demande-fichier-retire")
