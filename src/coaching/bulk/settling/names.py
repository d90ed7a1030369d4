"""Names: who is called what, over all sources and the book, by the one folding. Initials in the middle may be missing.

Read top to bottom: the words of a name as the table holds them, finding whom a name means.
"""

from __future__ import annotations

from attrs import define

from coaching.bulk.settling.standing import Work
from coaching.kernel.folding import name_words


def words_of(name: object) -> str:
    """Give the words of a name, folded, as one text; none of what is no text.

    >>> words_of("Ek, Anna B.")
    'anna b ek'
    """
    return " ".join(name_words(name)) if isinstance(name, str) else ""


def spelt_out(words: str) -> str:
    """Give folded words without the single letters in the middle.

    >>> spelt_out("anna b ek")
    'anna ek'
    """
    its = words.split()
    return " ".join([w for i, w in enumerate(its) if len(w) > 1 or i in {0, len(its) - 1}])


@define
class Names:
    """Finds ids by names. It knows all rows that say a name, rejected ones too: whom they mean, they mean.

    Of whom a row and the book speak, the row says the name: so a file means the same before it was imported and after.
    """

    work: Work

    def learn(self) -> None:
        """Read the names of all kinds that somebody names so."""
        journal = self.work.journal
        journal.ask("CREATE TEMP TABLE named (kind TEXT, bare TEXT, words TEXT, id TEXT,"
                    " PRIMARY KEY (kind, bare, words, id)) WITHOUT ROWID")  # fmt: skip
        names = journal.ask("""
            SELECT type, id, COALESCE(NULLIF(name, ''), json_extract(said, '$.name'), json_extract(said, '$.title'))
            FROM (SELECT type, id, name, CAST(COALESCE(own, document) AS TEXT) AS said FROM draft
              WHERE id <> '' AND type IN (SELECT kind FROM reference WHERE by <> 'id'))
            UNION ALL SELECT type, id, name FROM known k WHERE type IN (SELECT kind FROM reference WHERE by <> 'id')
            AND NOT EXISTS (SELECT 1 FROM draft d WHERE d.type = k.type AND d.id = k.id AND d.document IS NOT NULL)""")
        words = ((kind, words_of(name), id) for kind, id, name in names)
        its = ((kind, spelt_out(its), its, id) for kind, its, id in words if its)
        journal.each("INSERT OR IGNORE INTO named VALUES (?, ?, ?, ?)", its)

    def of(self, kind: str, name: str) -> list[str]:
        """Find those who are called so to the letter; or else those whose name only lacks initials, or has more."""
        words = words_of(name)
        bare = spelt_out(words)
        rows = self.work.journal.ask("SELECT words, id FROM named WHERE kind = ? AND bare = ?", kind, bare).fetchall()
        exactly = {id for its, id in rows if its == words}
        return sorted(exactly or {id for its, id in rows if bare in {words, its}})
