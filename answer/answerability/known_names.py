"""Names of a question that no document mentions in any form: as written, in other letters, short or spelt out."""

from collections.abc import Iterator

from pincite.answer.query.aliases import Aliases
from pincite.answer.query.question import Question
from pincite.answer.query.spelt_out import spelt_out
from pincite.answer.query.tokens import normalised_words
from pincite.ingest.data.bodies import acronyms_of_bodies
from pincite.ingest.index.acronyms import bare
from pincite.ingest.index.lexical import LexicalIndex


def unknown_names(lexical: LexicalIndex, question: Question, aliases: Aliases) -> list[str]:
    """The acronyms and symbols of a question that neither a text nor a title has in any form.

    Acronyms differ between languages (`NATO`, `OTAN`), and words with two capitals need be none (`KI-Systeme`), so that
    of questions in other languages than English only symbols, which have figures, are looked for.
    """
    return [
        name
        for name in question.sources.identifiers
        if (question.language == "en" or any(map(str.isdigit, name)))
        and not any(all(map(lexical.knows, lexical.words(form))) for form in forms_of(name, aliases))
    ]


def forms_of(name: str, aliases: Aliases) -> Iterator[str]:
    """The forms in which documents may write an acronym or symbol.

    >>> from pincite.answer.query.aliases import collect_aliases
    >>> list(forms_of("CoE", collect_aliases((), {})))[-1], list(forms_of("Ruhr-Échos", collect_aliases((), {})))[1]
    ('council of europe', 'ruhr echo')
    """
    yield name
    yield " ".join(normalised_words(name))
    yield bare(name)
    yield from aliases.acronyms.get(bare(name), ())
    yield from spelt_out(name, aliases.names)
    yield from (body for body, acronym in acronyms_of_bodies().items() if acronym.casefold() == name.casefold())
