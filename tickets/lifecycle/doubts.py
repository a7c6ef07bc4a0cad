"""Words that say the contrary of an approval: « toujours pas », « non résolu »."""

import re
from typing import Final

from categories.finder.words import fold

# Read without accents, in lower case. A doubt costs one more question, never a refusal: better one too many.
_CONTRARY: Final = re.compile(
    r"""
    \b(?:toujours|encore|jamais)\s+(?:pas|rien|aucun\w*|en\s+attente)\b
    | \b(?:non|pas|jamais|mal)\s+(?:ete\s+|encore\s+|du\s+tout\s+|completement\s+|entierement\s+|vraiment\s+)*
      (?:resolu|regle|traite|fini|termine|recu|repondu|satisf|d\W?accord|valide|corrige|bon|normal)\w*
    | \b(?:rien|aucune?)\s+(?:recu|reponse|solution|nouvelle|change|n\W|de\s+resolu)
    | \bn\W?(?:ai|a|est|ont|etes|avez|y\s+a)\s+(?:toujours\s+|encore\s+)?(?:pas|rien|jamais|aucun)
    | \bne\s+(?:\w+\s+){1,3}(?:pas|rien|plus|jamais)\b
    | \b(?:insatisfait|mecontent|conteste|inacceptable|desaccord|decu|scandal|erreur\s+persiste|en\s+attente)
    | \b(?:manque|il\s+reste|reste\s+a|probleme\s+(?:persiste|demeure|continue))
    | \b(?:not\s+(?:resolved|solved|received|fixed|done|working)|still\s+(?:no|not|waiting|missing))\b
    | \bpas\s*(?:!|\.\.\.|\?)
    """,
    re.VERBOSE,
)


def says_the_contrary(words: str) -> bool:
    """Whether `words`, written while approving, may say that the request is not settled."""
    return _CONTRARY.search(fold(words)) is not None
