"""What the terminal shows once the demonstration is ready."""

from pathlib import Path

from teledemande.demo.personas import outsiders, personas

HEADINGS = ("Personne", "Rôle", "Identifiant", "Mot de passe")


def banner(*, site_url: str, cas_url: str, log_folder: Path) -> str:
    """Return the addresses, the accounts and where the logs are."""
    addresses = (
        ("Télé-demande", f"{site_url}/"),
        ("Gestion", f"{site_url}/gestion/"),
        ("Courriels envoyés", f"{site_url}/demo/courriels/"),
        ("État du service", f"{site_url}/sante/"),
        ("Serveur CAS", f"{cas_url}login"),
    )
    lines = ["", "Télé-demande est prête.", ""]
    lines += [f"  {label:<20}{address}" for label, address in addresses]
    lines += ["", "Comptes de démonstration (université : par le CAS ; extérieur : compte local)", ""]
    lines += [f"  {line}" for line in _table(_accounts())]
    lines += ["", f"Journaux : {log_folder}", "Ctrl-C pour arrêter.", ""]
    return "\n".join(lines)


def _accounts() -> list[tuple[str, str, str, str]]:
    rows = [(f"{one.first_name} {one.last_name}", one.title, one.uid, one.password) for one in personas()]
    rows += [(f"{one.first_name} {one.last_name}", one.title, one.email, one.password) for one in outsiders()]
    return rows


def _table(rows: list[tuple[str, str, str, str]]) -> list[str]:
    table = [HEADINGS, *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(HEADINGS))]
    texts = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in table]
    return [texts[0], "  ".join("-" * width for width in widths), *texts[1:]]
