"""What the tables know near a word that they do not have."""

from functools import cache

import pandas as pd
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from helpers.names.gazetteers import EXCLUDED, ancestors, known_concepts
from helpers.names.normal import normal_form

COLUMNS = ["entity_id", "name", "label", "form", "closeness"]
PIECES = (2, 4)  # letters of the pieces of words that are compared


def nearest_concepts(text: str, count: int = 3) -> pd.DataFrame:
    """Say which concepts of the tables are written most like a text.

    Pieces of words of two to four letters are weighted by how rare they are among all forms of all
    tables (TF-IDF) and compared by their cosine. A concept is as like as its likest form, or half
    as like as the likest form of what lies under it: a word for a kind of fraud is near to fraud.
    What is alike is the writing and not the meaning; a person looks at the rows and decides.

    Parameters
    ----------
    text : str
        A word or a few.
    count : int, optional
        How many concepts to return at most.

    Returns
    -------
    pandas.DataFrame
        One row per concept, the likest first: ``entity_id``, ``name``, ``label``, ``form`` (the
        likest of its forms, or of a narrower concept's), ``closeness`` (0 to 1; 1 is a form of the
        table itself). No row where no piece is shared.

    Raises
    ------
    ValueError
        If the text has no letter.

    Examples
    --------
    >>> nearest_concepts("cyber-fraud")["entity_id"].tolist()[:2]
    ['scams', 'fraud']
    """
    words = " ".join(normal_form(text).text.split())
    if not any(map(str.isalnum, words)):
        raise ValueError(f"{text!r} has no letter. Pass a word, such as 'fraud'.")
    forms, vectorizer, vectors = _forms()
    closeness = (vectors @ vectorizer.transform([words]).T).toarray().ravel()
    likest = forms.assign(closeness=closeness).sort_values(
        "closeness", ascending=False, kind="stable"
    )
    found = likest.drop_duplicates("entity_id")
    found = found[found["closeness"] > 0].head(count * 4)
    broader = found.explode("above").dropna(subset="above")
    broader = broader.assign(entity_id=broader["above"], closeness=broader["closeness"] / 2)
    known = known_concepts().set_index("id")
    both = pd.concat([found, broader]).sort_values("closeness", ascending=False, kind="stable")
    both = both.drop_duplicates("entity_id").head(count)
    named = both.assign(
        name=both["entity_id"].map(known["name"]), label=both["entity_id"].map(known["label"])
    )
    return named[COLUMNS].round({"closeness": 2}).reset_index(drop=True)


@cache
def _forms() -> tuple[pd.DataFrame, TfidfVectorizer, csr_matrix]:
    """Return every form of the tables, and what compares a word with them."""
    concepts = known_concepts()
    concepts = concepts[concepts["label"] != EXCLUDED]
    parents = dict(zip(concepts["id"], concepts["parent"], strict=True))
    rows = concepts.explode("patterns")
    forms = pd.DataFrame(
        {
            "entity_id": rows["id"].to_numpy(),
            "form": rows["patterns"].to_numpy(),
            "above": [list(ancestors(concept, parents)) for concept in rows["id"]],
        }
    )
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=PIECES, sublinear_tf=True)
    return forms, vectorizer, vectorizer.fit_transform(forms["form"])
