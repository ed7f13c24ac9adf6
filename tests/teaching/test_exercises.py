"""Exercises: every right way passes, typical mistakes are told apart, and nothing scares."""

import math
import sys
from functools import cache

import nbformat
import numpy as np
import pandas as pd
import pytest

from helpers.teaching.checks import CHECKS
from helpers.teaching.exercises import (
    EXERCISES,
    SOLUTIONS,
    check,
    hint,
    learners_notebook,
    progress,
    solution,
)

SOURCES = sorted(SOLUTIONS.glob("*.ipynb"))
F1 = "def f1(p, r):\n    "
COSINE = "def cosine(a, b):\n    "
P = "def p_value(o, c):\n    "
STATUS = "def status(said, asked):\n    "
FIND = "def find_words(words):\n    "
COUNT = "def how_often(i):\n    "
FUNCTIONS = ["1.3", "2.3", "3.2", "4.3", "5.2", "6.2"]

RIGHT = {
    "1.1": [
        "answer = 148",
        "s = report.sentences.set_index('sentence')\n"
        "answer = s['end']['12(c).1'] - s['start']['12(c).1']",
        "answer = report.sentences.query('sentence == \"12(c).1\"')['text'].str.len().item()",
        "import numpy\nanswer = numpy.array(148)",
        "from decimal import Decimal\nanswer = Decimal(148)",
        "from fractions import Fraction\nanswer = Fraction(148)",
    ],
    "1.2": ["answer = '7'", "answer = 7", "answer = ' 7 '", "answer = 7.0"],
    "1.3": [
        FIND + "t = report.sentences\n    "
        "return t.loc[t['text'].str.contains(words, regex=False), 'sentence'].tolist()",
        FIND + "return [r.sentence for r in report.sentences.itertuples() if words in r.text]",
        FIND + "t = report.sentences.set_index('sentence')['text']\n    "
        "return t.index[[words in x for x in t]]",
        FIND + "import re\n    t = report.sentences\n    "
        "return t.loc[t['text'].str.contains(re.escape(words)), 'sentence'].to_numpy()",
        FIND + "for r in report.sentences.itertuples():\n        "
        "if words in r.text:\n            yield r.sentence",
        FIND + "found = {}\n    for r in report.sentences.itertuples():\n        "
        "if r.text.count(words):\n            found[r.sentence] = r.text\n    return found.keys()",
        "class Finder:\n    def __call__(self, words):\n        "
        "return tuple(r.sentence for r in report.sentences.itertuples() if words in r.text)\n"
        "find_words = Finder()",
    ],
    "1.4": [
        "answer = ['procedural', 'deliberations', '1.2']",
        "answer = 'Procedural', 'deliberations ', 1.2",
        "import pandas as pd\nanswer = pd.Series(['procedural', 'deliberations', '1.2'])",
    ],
    "2.1": [
        "answer = ['agenda-2030', 'un-cybercrime-convention', 'bangkok-rules', "
        "'nelson-mandela-rules', 'tokyo-rules']",
        "e = entities.dropna(subset='part')\n"
        "answer = e.query('label == \"INSTRUMENT\" and part == \"deliberations\"')['entity_id']",
        "e = entities.dropna(subset='part')\n"
        'answer = e.query(\'label == "INSTRUMENT" and part == "deliberations"\')'
        ".groupby('entity_id').size().index",
    ],
    "2.2": [
        "answer = 'Money-laundering is rife.'",
        "answer = 'smuggling of fuel'",
        "import numpy\nanswer = numpy.str_('Corruption.')",
        "class Sentence(str):\n    pass\nanswer = Sentence('Corruption.')",
    ],
    "2.3": [
        COUNT + "return len(entities.query('entity_id == @i'))",
        COUNT + "return entities['entity_id'].tolist().count(i)",
        COUNT + "return entities['entity_id'].value_counts().get(i, 0)",
        COUNT + "from collections import Counter\n    return Counter(entities['entity_id'])[i]",
    ],
    "2.4": [
        "answer = {'cross-border-cooperation', 'cyber-enabled-crimes', 'information-exchange', "
        "'international-cooperation', 'un-cybercrime-convention', 'vulnerable-populations'}",
        "e = entities.dropna(subset='part')\n"
        "said, asked = e[e.part == 'deliberations'], e[e.part == 'recommendations']\n"
        "one = said.merge(asked, on='entity_id')\n"
        "same = one.loc[one.text_x.str.lower() == one.text_y.str.lower(), 'entity_id']\n"
        "answer = one.loc[~one.entity_id.isin(same), 'entity_id']",
    ],
    "3.1": [
        "answer = [0.8, 0.667]",
        "answer = (4 / 5, 2 / 3)",
        "import numpy\nanswer = numpy.array([8 / 10, 8 / 12])",
        "import pandas\nanswer = pandas.Series({'precision': 0.8, 'recall': 0.67})",
        "from fractions import Fraction\nanswer = Fraction(8, 10), Fraction(8, 12)",
    ],
    "3.2": [
        F1 + "return 2 / (1 / p + 1 / r) if p and r else 0",
        F1 + "return 2 * p * r / ((p + r) or 1)",
        F1 + "from statistics import harmonic_mean\n    return harmonic_mean([p, r])",
        F1 + "import numpy\n    return numpy.array(2 * p * r / (p + r) if p else 0)",
    ],
    "3.3": [
        "answer = [('education', 'MEASURE'), ('young people', 'GROUP'), ('youth', 'GROUP'), "
        "('community-based crime prevention initiatives', 'MEASURE')]",
        "answer = list({'youth': 'GROUP', 'young people': 'GROUP', 'education': 'MEASURE', "
        "'community-based crime prevention initiatives': 'MEASURE'}.items())",
        "import numpy\nanswer = numpy.array([('youth', 'GROUP'), ('young people', 'GROUP'), "
        "('education', 'MEASURE'), "
        "('community-based crime prevention initiatives', 'MEASURE')])",
        "answer = [['youth', 'GROUP'], ['young people', 'GROUP'], [' education', 'MEASURE'], "
        "['community-based crime prevention initiatives', 'MEASURE']]",
    ],
    "4.1": [
        "answer = '5.1'",
        "answer = links.query('recommendation == \"12(c).1\"').nlargest(1, 'score')"
        "['deliberation'].item()",
        "answer = ' 5.1 '",
        "answer = 5.1",
    ],
    "4.2": [
        "answer = {'3.1', '6.2', '7.2', '8.2'}",
        "some = set(links.loc[links['linked'], 'deliberation'])\n"
        "answer = [at for at in links['deliberation'].unique() if at not in some]",
        "answer = ['8.2', ' 7.2', '3.1', '6.2']",
        "answer = (8.2, 7.2, 3.1, 6.2)",
        "some = set(links.loc[links['linked'], 'deliberation'])\n"
        "answer = links.loc[~links['deliberation'].isin(some), 'deliberation']",
    ],
    "4.3": [
        COSINE + "n = (sum(v * v for v in a.values()) * sum(v * v for v in b.values())) ** 0.5\n"
        "    return sum(a[w] * b[w] for w in a.keys() & b.keys()) / n if n else 0",
        COSINE + "import math\n    if not a or not b:\n        return 0\n"
        "    return sum(a[w] * b.get(w, 0) for w in a) / math.hypot(*a.values()) "
        "/ math.hypot(*b.values())",
        COSINE + "import numpy as np\n    w = sorted(a | b)\n"
        "    x, y = (np.array([t.get(k, 0) for k in w]) for t in (a, b))\n"
        "    n = np.linalg.norm(x) * np.linalg.norm(y)\n"
        "    return x @ y / n if n else np.float32(0)",
        COSINE + "a, b = a.copy(), b.copy()\n"
        "    n = (sum(v * v for v in a.values()) * sum(v * v for v in b.values())) ** 0.5\n"
        "    s = 0\n    while a:\n        w, v = a.popitem()\n        s += v * b.pop(w, 0)\n"
        "    return s / (n or 1)",
    ],
    "4.4": [
        "answer = {'12(b).2', '12(c).1', '12(c).2', '12(c).3', '12(d).2', '12(e).2'}",
        "t = links.merge(link_passages(report, method='tfidf'), "
        "on=['deliberation', 'recommendation'])\n"
        "answer = [r for r, g in t.groupby('recommendation') "
        "if g['score_x'].idxmax() != g['score_y'].idxmax()]",
    ],
    "5.1": [
        "answer = {'data-collection', 'policy-coordination'}",
        "answer = ledger.query('label == \"MEASURE\" and status == \"emerged\"')['name']",
        "answer = ['Data collection', 'policy-coordination']",
    ],
    "5.2": [
        STATUS + "return {(1, 1): 'carried', (1, 0): 'dropped', (0, 1): 'emerged'}[said, asked]",
        STATUS + "return 'carried' if said and asked else ('emerged' if asked else 'dropped')",
        STATUS + "return ['', ' Emerged', 'Dropped', 'CARRIED'][2 * said + asked]",
    ],
    "5.3": [
        "answer = {'elderly': 'vulnerable-populations', "
        "'individuals-with-mental-health-challenges': 'vulnerable-populations'}",
        'g = ledger.query(\'label == "GROUP" and status == "specialized"\')\n'
        "answer = g.set_index('entity_id')['via'].to_dict()",
        "from collections import defaultdict\n"
        "answer = defaultdict(lambda: 'vulnerable-populations')\n"
        "answer['Elderly'], answer['individuals-with-mental-health-challenges ']",
    ],
    "5.4": ["answer = ['12(a)', '12(f)']", "answer = '12(A)', ' 12(f)'"],
    "6.1": [
        "answer = len(judged.query('low > threshold'))",
        "answer = 10",
        "answer = (judged['low'] > judged['threshold']).value_counts()[True]",
    ],
    "6.2": [
        P + "return (1 + len([v for v in c if v >= o])) / (len(c) + 1)",
        P + "every = [o, *c]\n    return sum(v >= o for v in every) / len(every)",
        P + "import numpy as np\n    return (np.append(c, o) >= o).mean()",
        P + "c = [*c]\n    c.append(o)\n    return 1 - sum(v < o for v in c) / len(c)",
        P + "from bisect import bisect_left\n    c = sorted([*c, o])\n"
        "    return 1 - bisect_left(c, o) / len(c)",
        P + "from fractions import Fraction\n"
        "    return Fraction(1 + sum(v >= o for v in c), 1 + len(c))",
    ],
    "6.3": ["answer = {'B', 'E'}", "answer = ('e', 'b')", "answer = [' b', 'e: ']"],
}
WRONG = {
    "1.1": [
        ("answer = 19", "how many words"),
        ("answer = 504", "whole recommendation"),
        ("answer = 130", "blanks are characters"),
        ("answer = '148'", "a string, in quotation marks"),
        ("answer = True", "True or False"),
        ("answer = float('nan')", "no value"),
        ("answer = report.sentences['text'].count", "write brackets after it"),
        ("answer = report.sentences.query('sentence == \"12(c).1\"')['text'].str.len()",
         "a column or a row"),
        ("answer = report.sentences.query('sentence == \"12(c).1\"')", "a whole table"),
    ],
    "1.2": [
        ("answer = 4", "Which paragraph is it?"),
        ("answer = '3'", "take the one with most"),
        ("answer = 'paragraph 7'", "Only its number"),
        ("answer = 'Paragraph 7.'", "Only its number"),
        ("answer = 'paragraph 3'", "take the one with most"),
        ("answer = '7.1'", "take the one with most"),
        ("answer = 12", "`12` is none of the deliberations: its part is procedural"),
        ("answer = '12(b)'", "`12(b)` is none of the deliberations: its part is recommendations"),
        ("answer = ('7', 4)", "this is a tuple"),
        ("answer = {'7'}", "this is a set"),
        ("answer = report.sentences['unit'].unique()", "this is an array"),
        ("answer = report.sentences['unit'].value_counts().index[:1]", "this is an index"),
        ("answer = report.sentences['unit'].value_counts()", "a column or a row"),
        ("answer = report.sentences['unit'].value_counts().idxmax", "write brackets after it"),
    ],
    "1.3": [
        (FIND + "t = report.sentences\n    "
         "return t.loc[t['text'].str.contains(words), 'sentence'].tolist()", "regex=False"),
        (FIND + "t = report.sentences\n    "
         "w = words.replace('(', r'\\(').replace(')', r'\\)')\n    "
         "return t.loc[t['text'].str.contains(w), 'sentence'].tolist()", "`'crime.'`"),
        (FIND + "t = report.sentences\n    "
         "return [u for u, x in zip(t['unit'], t['text']) if words in x]", "These are units"),
        (FIND + "t = report.sentences\n    return t.loc[[words in x for x in t['text']], 'text']",
         "These are the texts"),
        (FIND + "t = report.sentences['text']\n    "
         "return [i for i, x in enumerate(t) if words in x]",
         "numbers of rows"),
        (FIND + "t = report.sentences\n    return [a for a, x in zip(t['sentence'], t['text']) "
         "if words.lower() in x.lower()]", "must tell capital letters from small ones"),
        (FIND + "t = report.sentences\n    "
         "return sorted(a for a, x in zip(t['sentence'], t['text']) if words in x)",
         "Keep the order"),
        (FIND + "t = report.sentences\n    return {a for a, x in zip(t['sentence'], t['text']) "
         "if words in x}", "a set has no order"),
        (FIND + "t = report.sentences\n    return [a for a, x in zip(t['sentence'], t['text']) "
         "for _ in range(x.count(words))]", "Once will do"),
        (FIND + "t = report.sentences\n    return [a for a, x in zip(t['sentence'], t['text']) "
         "if words in x.split()]", "Parts of words count"),
        (FIND + "import re\n    t = report.sentences\n    "
         "return [a for a, x in zip(t['sentence'], t['text']) "
         "if re.search(rf'\\b{re.escape(words)}\\b', x)]", "Parts of words count"),
        (FIND + "t = report.sentences\n    "
         "return t.loc[t['text'].str.contains(rf'\\b{words}\\b'), 'sentence'].tolist()",
         "Parts of words count"),
        (FIND + "t = report.sentences\n    return [a for a, x in zip(t['sentence'], t['text']) "
         "if words in x.replace(',', '').replace('.', '').split()]", "For `'crime'` it should"),
        (FIND + "t = report.sentences\n    return [a for a, x in zip(t['sentence'], t['text']) "
         "if all(word in x for word in words.split())]", "never stand together"),
        (FIND + "t = report.sentences.query('part != \"procedural\"')\n    "
         "return [a for a, x in zip(t['sentence'], t['text']) if words in x]", "`'Secretary'`"),
        (FIND + "t = report.sentences\n    return t[[words in x for x in t['text']]]",
         "a whole table"),
        (FIND + "return report.sentences['text'].str.contains(words, regex=False)",
         "These are True and False"),
        (FIND + "t = report.sentences\n    return [a for a, x in zip(t['sentence'], t['text']) "
         "if words in x] or None", "For `'Unodc'` it should give `[]`. It gives nothing back"),
        (FIND + "found = [words]", "return"),
        (FIND + "print(words)", "`print` shows a value"),
        (FIND + "return ', '.join(words)", "this is a string"),
        ("find_words = ['11.2', '12(g).1']", "A function is asked for"),
        ("find_words = lambda: []", "takes 0 positional arguments"),
    ],
    "1.4": [
        ("answer = ('deliberations', 'procedural', '1.2')", "swapped"),
        ("answer = ('procedural', 'recommendations', '1.2')",
         "The second is wrong: that is the median of the characters"),
        ("answer = ('procedural', 'procedural', '1.2')", "The second is wrong. The median"),
        ("answer = ('procedural', 'deliberations', '12(a).1')", "Not right: the longest sentence."),
        ("answer = ('recommendations', 'deliberations', '1.2')", "Not right: the part by its mean"),
        ("answer = ('recommendations', 'procedural', '12(a).1')",
         "Not right: the part by its mean, the part by its median, the longest sentence. Group"),
        ("answer = ('procedural', 'deliberations', '1')", "a whole paragraph"),
        ("answer = ('procedural', 'deliberations')", "Three strings"),
        ("answer = ('procedural', 'procedural', 'procedural')", "a part of the report"),
        ("answer = {'procedural', 'deliberations', '1.2'}", "a set has no order"),
        ("answer = report.sentences.groupby('part')['text'].count()", "in the `.index`"),
    ],
    "2.1": [
        ("answer = entities.query('label == \"INSTRUMENT\"')['entity_id']", "does not stand among"),
        ("answer = ['Bangkok Rules', 'Tokyo Rules']", "is a name and no id"),
        ("answer = ['youth']", "an id with the label GROUP"),
        ("answer = ['8.2']", "a sentence (part: deliberations)"),
        ("answer = ['INSTRUMENT']", "a label"),
        ("answer = ['fish']", "nothing that the tables"),
        ("answer = ['tokyo-rules']", "4 more are named"),
        ("answer = []", "5 more are named"),
        ("answer = ['agenda-2030', 'un-cybercrime-convention', 'bangkok-rules', 'tokyo-rules']",
         "One more is named there."),
        ("answer = entities", "a whole table"),
        ("answer = entities['label'] == 'INSTRUMENT'", "These are True and False"),
        ("answer = entities['entity_id'].value_counts()", "in the `.index`"),
        ("answer = 'tokyo-rules, bangkok-rules'", "this is a string"),
        ("answer = ['agenda-2030', 'un-cybercrime-convention', 'bangkok-rules', "
         "'nelson-mandela-rules', 'tokyo-rules', 'tokyo-rules']", "Each once"),
        ("answer = [['tokyo-rules']]", "this is a list"),
    ],
    "2.2": [
        ("answer = 'Speakers discussed crime.'", "is none"),
        ("answer = 'Viet Nam fights corruption.'", "A State is found"),
        ("answer = ['corruption']", "this is a list"),
        ("answer = build_nlp()('corruption')", "of the type Doc"),
    ],
    "2.3": [
        (COUNT + "return int((entities['text'].str.lower() == i).sum())", "counts a wording"),
        (COUNT + "return int((entities['name'].str.lower() == i).sum())", "counts a wording"),
        (COUNT + "return int((entities['text'] == i).sum())", "counts a wording"),
        (COUNT + "return 0", "For `'extradition'` it should give `1`, but gives `0`."),
        (COUNT + "return entities['entity_id'].tolist().count(i.upper())", "but gives `0`."),
        (COUNT + "return entities[entities['entity_id'] == i]", "this is a whole table"),
        (COUNT + "return entities.loc[entities['entity_id'] == i, 'sentence'].nunique()",
         "counts sentences"),
        (COUNT + "return entities.loc[entities['entity_id'] == i, 'sentence'].count()",
         "leaves out mentions"),
        (COUNT + "return entities.loc[entities['entity_id'] == i, 'text'].nunique()",
         "counts the names"),
        (COUNT + "return entities['entity_id'].str.startswith(i).sum()", "begins in this way"),
        (COUNT + "return entities['entity_id'].str.contains(i).sum()", "has these letters"),
        (COUNT + "return entities['entity_id'].value_counts()[i]", "is mentioned 0 times"),
        (COUNT + "return entities['entity_id'].value_counts().get(i)",
         "For `'unicorns'` it should give `0`. What is not in the report is mentioned 0 times. "
         "It gives nothing back"),
        (COUNT + "return 1", "it should give `3`, but gives `1`"),
        (COUNT + "return str((entities['entity_id'] == i).sum())", "this is a string"),
        (COUNT + "return entities['entity_id'].value_counts().get(i, float('nan'))", "no value"),
        (COUNT + "return i in set(entities['entity_id'])", "True or False"),
        (COUNT + "exit()", "SystemExit"),
        (COUNT + "import sys\n    sys.exit('bye')", "SystemExit"),
        (COUNT + "return entities['entity_id'].count", "write brackets after it"),
        ("class how_often:\n    def __init__(self, i):\n        pass", "of the type how_often"),
        ("how_often = None", "nothing (None)"),
    ],
    "2.4": [
        ("w = entities.groupby('entity_id')['text'].nunique()\nanswer = w.index[w > 1]",
         "`ccpcj` has one name on both sides"),
        ("answer = ['women']", "`women` has one name on both sides"),
        ("answer = ['tokyo-rules']", "not named on both sides"),
        ("answer = ['cyber-enabled-crimes', 'vulnerable-populations']", "4 more"),
        ("answer = ['technology-enabled crimes']", "a name and no id"),
        ("answer = entities.groupby('entity_id')['text'].nunique()", "in the `.index`"),
    ],
    "3.1": [
        ("answer = (8 / 12, 8 / 10)", "swapped"),
        ("answer = (80, 67)", "from 0 to 1"),
        ("answer = (0.8, 0.8)", "of the 12"),
        ("answer = (8 / 12, 8 / 12)", "of the 10"),
        ("answer = (0.8, 0.66)", "right but for rounding"),
        ("answer = (0.8, 0.7)", "right but for rounding"),
        ("answer = (0.7, 0.66)", "of the 10"),
        ("answer = (0.8, 0.6)", "of the 12"),
        ("answer = ('80%', '67%')", "Two numbers are asked for, and here is a string"),
        ("answer = (0.8, '0.67')", "Two numbers are asked for, and here is a string"),
        ("answer = 0.8", "this is a number"),
        ("answer = {0.8, 2 / 3}", "This is a set"),
        ("answer = (0.8, 0.67, 0.73)", "Two numbers are asked for"),
        ("answer = ('0.8', '0.67')", "without quotation marks"),
        ("answer = '0.8, 0.67'", "this is a string"),
        ("answer = (0.8, None)", "nothing (None)"),
    ],
    "3.2": [
        (F1 + "return (p + r) / 2", "the mean"),
        (F1 + "return (p * r) ** 0.5", "geometric"),
        (F1 + "return p * r / (p + r)", "the product counts twice"),
        (F1 + "return 2 * p * r", "not yet divided"),
        (F1 + "return 2 * p * r / (p + r)", "nothing to divide by"),
        (F1 + "return 2 / (1 / p + 1 / r) if p + r else 0", "nothing to divide by"),
        (F1 + "return 2 * p * r / max(1, p + r)", "it should give `0.3`, but gives `0.24`"),
        (F1 + "return max(p, r)", "it should give `0.53`, but gives `0.8`"),
        (F1 + "return f'{2 * p * r / (p + r):.2f}'", "this is a string"),
        (F1 + "if p:\n        return 2 * p * r / (p + r)", "For `0` and `0` it should give `0`"),
        ("f1 = lambda p: p", "takes 1 positional argument"),
    ],
    "3.3": [
        ("answer = [('youth', 'GROUP')]", "3 more are to be marked"),
        ("answer = [('youth', 'GROUP'), ('young people', 'GROUP'), ('education', 'MEASURE')]",
         "One more is to be marked"),
        ("answer = [('community-based crime prevention initiatives', 'CRIME_TYPE')]",
         "The words 'community-based crime prevention initiatives' are right, and their label is "
         "another one than CRIME_TYPE."),
        ("import numpy\nanswer = numpy.array(('youth', 'GROUP'))", "is no mark"),
        ("import numpy\nanswer = numpy.array([('people', 'GROUP')])", "longest name"),
        ("answer = [('people', 'GROUP')]", "longest name"),
        ("answer = [('teenagers', 'GROUP')]", "does not stand in 10"),
        ("answer = [('youth', 'GROUP'), ('youth', 'GROUP')]", "is there twice"),
        ("answer = ['youth']", "is no mark"),
        ("answer = ('youth', 'GROUP')", "is no mark"),
        ("answer = [('youth', 'GROUP', 1)]", "is no mark"),
        ("answer = [('', 'GROUP')]", "is no mark"),
        ("answer = [('youth', 'PEOPLE')]", "label must be one of"),
        ("answer = 'youth'", "this is a string"),
        ("answer = []", "4 more"),
    ],
    "4.1": [
        ("answer = '5'", "Which of its sentences"),
        ("answer = '5.2'", "another of its"),
        ("answer = links.loc[links['recommendation'] == '12(c).1', 'score'].idxmax()",
         "the number of the row"),
        ("answer = links.loc[links['recommendation'] == '12(c).1', 'score'].max()", "the score"),
        ("answer = links.loc[links['score'].idxmax(), 'deliberation']", "best of all pairs"),
        ("answer = links['deliberation'].max()", "Keep the links whose recommendation is 12(c).1"),
        ("answer = links['deliberation'].min()", "Keep the links whose"),
        ("answer = links.loc[links['linked'], 'deliberation'].iloc[0]", "Keep the links whose"),
        ("t = link_passages(report, method='tfidf').query('recommendation == \"12(c).1\"')\n"
         "answer = t.loc[t['score'].idxmax(), 'deliberation']", "Keep the links whose"),
        ("answer = '12(c).1'", "the recommendation itself"),
        ("answer = links.query('recommendation == \"12(c).1\"').nlargest(1, 'score')",
         "a whole table"),
        ("answer = links.loc[334]", "a column or a row"),
        ("answer = ['5.1']", "this is a list"),
        ("answer = '3.1'", "Keep the links whose"),
    ],
    "4.2": [
        ("answer = links.loc[~links['linked'], 'deliberation']", "as 24 of 24 sentences have"),
        ("answer = ['12(e).2']", "a sentence (part: recommendations)"),
        ("answer = ~links.groupby('deliberation')['linked'].any()", "These are True and False"),
        ("linked = links.groupby('deliberation')['linked'].any()\nanswer = linked.index[linked]",
         "the other ones"),
        ("answer = ['7', '8']", "a whole paragraph"),
        ("linked = links.groupby('deliberation')['linked'].any()\nanswer = ~linked[~linked]",
         "All of these are True. What that is said of stands in the `.index`."),
        ("linked = links.groupby('deliberation')['linked'].any()\nanswer = linked[~linked]",
         "All of these are False. What that is said of stands in the `.index`."),
        ("answer = ~links['linked'][~links['linked']]", "These are True and False"),
        ("answer = ['3.1', '6.2', '7.2']", "One more is linked to none."),
        ("answer = []", "4 more are linked to none."),
        ("answer = ['7.2', '9.2']", "Group the links"),
        ("answer = links", "a whole table"),
        ("answer = 2", "this is a number"),
    ],
    "4.3": [
        (COSINE + "return sum(v * b.get(w, 0) for w, v in a.items())", "sum of the products"),
        (COSINE + "n = (sum(v * v for v in a.values()) * sum(v * v for v in b.values())) ** 0.5\n"
         "    return sum(a[w] * b.get(w, 0) for w in a) / n", "length 0"),
        (COSINE + "n = (sum(v * v for v in a.values()) * sum(v * v for v in b.values())) ** 0.5\n"
         "    return sum(a[w] * b.get(w, 0) for w in a) / n if a else 0", "has length 0"),
        (COSINE + "n = (sum(v * v for v in a.values()) * sum(v * v for v in b.values())) ** 0.5\n"
         "    return sum(a[w] * b.get(w, 0) for w in a) / max(1, n)", "smaller than 1"),
        (COSINE + "return len(a.keys() & b) / (len(a) * len(b)) ** 0.5", "counts words"),
        (COSINE + "return sum(a[w] * b.get(w, 0) for w in a) / sum(a.values()) / sum(b.values())",
         "sums of the weights"),
        (COSINE + "return sum(a[w] * b.get(w, 0) for w in a) / (len(a) * len(b))",
         "numbers of words"),
        (COSINE + "return sum(a[w] * b.get(w, 0) for w in a) / sum(v * v for v in a.values()) "
         "/ sum(v * v for v in b.values())", "sums of the squares"),
        (COSINE + "n = (sum(v * v for v in a.values()) * sum(v * v for v in b.values())) ** 0.5\n"
         "    s = 0\n    while a:\n        w, v = a.popitem()\n        s += v * b.get(w, 0)\n"
         "    return s / (n or 1)", "It changes the dictionary it is given: after the call this is "
         "`{}`."),
        (COSINE + "return sum(a[w] * b[w] for w in a)", "KeyError: 'aid'"),
    ],
    "4.4": [
        ("answer = ['12(a).1']", "both methods put 3.2 first"),
        ("answer = ['12(b).2']", "5 more have another source by the other method."),
        ("answer = ['12(b).2', '12(c).1', '12(c).2', '12(c).3', '12(d).2']",
         "One more has another source"),
        ("a, b = (t.loc[t.groupby('recommendation')['score'].idxmax()]"
         ".set_index('recommendation')['deliberation'] "
         "for t in (links, link_passages(report, method='tfidf')))\n"
         "answer = (a != b)[a != b]", "All of these are True"),
        ("answer = ['7.3']", "a sentence (part: deliberations)"),
        ("t = links.merge(link_passages(report, method='tfidf'), "
         "on=['deliberation', 'recommendation'])\n"
         "answer = [r for r, g in t.groupby('recommendation') "
         "if g['score_x'].idxmax() == g['score_y'].idxmax()]", "the two agree"),
        ("answer = 6", "this is a number"),
    ],
    "5.1": [
        ("answer = ledger.query('status == \"emerged\"')['entity_id']", "Which of them are meas"),
        ("answer = ['community-based-crime-prevention-initiatives']", "the other way round"),
        ("answer = ['Community-based crime prevention initiatives']", "the other way round"),
        ("answer = ['smuggling-of-migrants']", "an id with the label CRIME_TYPE"),
        ("answer = ['research']", "is carried"),
        ("t = ledger[ledger['label'] == 'MEASURE']\n"
         "answer = t.loc[t['deliberations'].str.len() == 0, 'entity_id']",
         "`data-sharing` is specialized: it was deliberated, or something like it."),
        ("answer = ['data collection']", "One more has emerged."),
        ("answer = []", "2 more have emerged."),
        ("answer = ledger[ledger['label'] == 'CRIME_TYPE']", "a whole table"),
        ("answer = ledger['status']", "a status"),
        ("answer = ledger['label'] == 'CRIME_TYPE'", "These are True and False"),
    ],
    "5.2": [
        (STATUS + "return 'carried' if said and asked else ('rejected' if said else 'emerged')",
         "Nobody rejected"),
        (STATUS + "return 'carried'", "should give `'dropped'`"),
        (STATUS + "return 'carried' if said and asked else ('emerged' if said else 'dropped')",
         "What was deliberated has not emerged"),
        (STATUS + "return 'carried' if said and asked else 'emerged'",
         "What was deliberated has not emerged"),
        (STATUS + "return 'carried' if said and asked else 'dropped'",
         "For `False` and `True` it should give `'emerged'`, but gives `'dropped'`."),
        (STATUS + "if said and asked:\n        return 'carried'", "should give `'dropped'`"),
        (STATUS + "return said and asked", "True or False"),
        (STATUS + "print('carried')", "gives nothing back"),
    ],
    "5.3": [
        ("answer = {'vulnerable-populations': 'elderly'}", "The other way round"),
        ("answer = {'children': 'vulnerable-populations'}", "the other direction"),
        ("answer = dict(zip(ledger['entity_id'], ledger['via']))", "an id with the label CRIME"),
        ("g = ledger[ledger['label'] == 'GROUP']\nanswer = dict(zip(g['entity_id'], g['via']))",
         "the other direction"),
        ("g = ledger.query('label == \"GROUP\" and status == \"specialized\"')\n"
         "answer = dict(zip(g['name'], g['via']))", "a name and no id"),
        ("g = ledger.query('label == \"GROUP\" and status == \"specialized\"')\n"
         "answer = g.set_index('entity_id')['via']", "a column or a row"),
        ("answer = {'elderly': 'vulnerable populations'}", "a name and no id"),
        ("answer = {'elderly': ['vulnerable-populations']}", "this is a list"),
        ("answer = {'elderly': 'vulnerable-populations'}", "One more is specialized."),
        ("answer = {}", "2 more"),
        ("answer = {'women': ''}", "is carried"),
    ],
    "5.4": [
        ("answer = ('12(f)', '12(a)')", "swapped"),
        ("answer = ('12(a)', '12(a)')", "divide the number"),
        ("answer = ('12(f)', '12(f)')", "do most of the emerged"),
        ("answer = ('12(a).1', '12(f).2')", "a sentence (part: recommendations)"),
        ("answer = '12(a)'", "this is a string"),
        ("answer = ('12(a)', 2 / 3)", "nothing that the tables"),
    ],
    "6.1": [
        ("answer = len(judged)", "counts all links"),
        ("answer = (judged['score'] > 0.5).sum()", "Compare the column"),
        ("answer = (judged['high'] > judged['threshold']).sum()", "counts all links"),
        ("answer = (judged['low'] < judged['threshold']).sum()", "reach below the threshold"),
        ("answer = judged['low'] > judged['threshold']", "a column or a row"),
        ("answer = judged[judged['low'] > judged['threshold']]", "a whole table"),
    ],
    "6.2": [
        (P + "return sum(v >= o for v in c) / len(c)", "both numbers"),
        (P + "return 1 - sum(v >= o for v in c) / len(c)", "it should give `0.43`"),
        (P + "return (1 + sum(v > o for v in c)) / (1 + len(c))", "`>=` and not `>`"),
        (P + "return sum(v >= o for v in c) / (1 + len(c))", "upper number as well"),
        (P + "return (1 + sum(v >= o for v in c)) / len(c)", "lower number as well"),
        (P + "return (1 + sum(v <= o for v in c)) / (1 + len(c))", "stay below"),
        (P + "return (1 + len({v for v in c if v >= o})) / (1 + len(c))", "but gives `0.29`"),
        (P + "return (2 + sum(v >= o for v in c)) / (2 + len(c))", "counts the report twice"),
        (P + "c = [*c, o]\n    return (1 + sum(v >= o for v in c)) / (1 + len(c))",
         "counts the report twice"),
        (P + "return (1 + sum(abs(v) >= abs(o) for v in c)) / (1 + len(c))", "may be below 0"),
        (P + "return (1 + sum(v >= o for v in c)) / (1 + len(c)) if c else 0",
         "With no shuffled text the report is the only one"),
        (P + "return (1 + sum(v >= o for v in c)) / (1 + len(c)) if max(c) else 1",
         "With no shuffled text the report is the only one, and it reaches its own value. Instead"),
        (P + "c.append(o)\n    return sum(v >= o for v in c) / len(c)",
         "It changes the list it is given: after the call this is `[0.5, 3.0,"),
        (P + "c.sort()\n    return (1 + sum(v >= o for v in c)) / (1 + len(c))",
         "Work on a copy, which `.copy()` makes."),
        (P + "from bisect import bisect_left\n"
         "    return (1 + len(c) - bisect_left(c, o)) / (1 + len(c))", "it should give"),
    ],
    "6.3": [
        ("answer = ['b', 'c', 'e']", "not rejected"),
        ("answer = ['b']", "Two of the five"),
        ("answer = ['a', 'b', 'e']", "Certainly is too much"),
        ("answer = ['b', 'd', 'e']", "nobody's in particular"),
        ("answer = ['b, e']", "Letters from a to e"),
        ("answer = 'be'", "this is a string"),
        ("answer = [False, True, False, False, True]", "These are True and False"),
        ("answer = []", "Two of the five"),
    ],
}  # fmt: skip


@cache
def source_of(exercise: str) -> nbformat.NotebookNode:
    """Return the notebook with the solution of an exercise."""
    (path,) = SOLUTIONS.glob(f"{int(exercise.split('.')[0]):02}_*.ipynb")
    return nbformat.read(path, as_version=4)


@cache
def at_hand(lesson: str) -> dict:
    """Return what the first cell of a lesson's exercises makes."""
    (cell, *_) = [c for c in source_of(f"{lesson}.1").cells if c.cell_type == "code"]
    names: dict = {}
    exec(cell.source, names)
    return names


def verdict(exercise: str, code: str) -> str:
    """Run code as a learner would, and the check of the exercise after it."""
    names = dict(at_hand(exercise.split(".")[0]))
    exec(code, names)
    (call,) = [line for cell in source_of(exercise).cells for line in cell.source.splitlines()
               if line.startswith(f'check("{exercise}"')]  # fmt: skip
    return eval(call, names).data


def starter(exercise: str) -> str:
    """Return the cell before the hint of an exercise."""
    cells = source_of(exercise).cells
    (at,) = [place for place, cell in enumerate(cells)
             if {"hint", exercise} <= set(cell.metadata.get("tags", []))]  # fmt: skip
    return cells[at - 1].source


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_the_learners_notebook_is_made_from_the_one_with_solutions(path):
    made = nbformat.writes(learners_notebook(nbformat.read(path, as_version=4)))
    assert (EXERCISES / path.name).read_text(encoding="utf-8").rstrip() == made.rstrip()


def test_every_lesson_has_three_to_five_exercises():
    lessons = [number.split(".")[0] for number in CHECKS]
    assert all(3 <= lessons.count(lesson) <= 5 for lesson in "123456")


@pytest.mark.parametrize("exercise", CHECKS)
def test_an_untouched_starter_is_not_answered_yet(exercise):
    assert verdict(exercise, starter(exercise)).startswith(f"**{exercise} is not answered yet.**")


@pytest.mark.parametrize("exercise", CHECKS)
def test_hint_and_solution_are_one_mark_away_in_a_cell_of_their_own_below_the_check(exercise):
    sources = [cell.source for cell in source_of(exercise).cells]
    (at,) = [place for place, source in enumerate(sources)
             if source.startswith(f'check("{exercise}"')]  # fmt: skip
    assert "\n" not in sources[at]  # Jupyter shows what the last line gives, and no other
    assert sources[at + 1] == "Stuck? Take a `#` away and run the cell:"
    asked = sources[at + 2].splitlines()
    assert asked == [f'# hint("{exercise}")', f'# solution("{exercise}")']
    for line in asked:
        assert eval(line.removeprefix("# "), dict(at_hand(exercise.split(".")[0]))).data


@pytest.mark.parametrize("path", [*SOURCES, *EXERCISES.glob("*.ipynb")])
def test_no_two_cells_have_the_same_id(path):
    ids = [cell.id for cell in nbformat.read(path, as_version=4).cells]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("exercise", CHECKS)
def test_the_solution_is_right_and_the_hint_does_not_give_it_away(exercise):
    code = solution(exercise).data.removeprefix("```python\n").removesuffix("\n```")
    assert verdict(exercise, code) == f"**{exercise} is right.**"
    assert code not in hint(exercise).data


@pytest.mark.parametrize(
    ("exercise", "code"), [(number, code) for number, codes in RIGHT.items() for code in codes]
)
def test_another_right_way_is_right(exercise, code):
    assert verdict(exercise, code) == f"**{exercise} is right.**"


# Of a pattern with brackets pandas only warns a learner; under pytest a warning is an error.
@pytest.mark.filterwarnings("ignore:This pattern is interpreted")
@pytest.mark.parametrize(
    ("exercise", "code", "thought"),
    [(number, *case) for number, cases in WRONG.items() for case in cases],
)
def test_a_typical_mistake_gets_something_to_think_about(exercise, code, thought):
    said = verdict(exercise, code)
    assert said.startswith(f"**{exercise} is not yet right.** ")
    assert thought in said


def test_every_exercise_is_tried_with_two_right_and_two_wrong_answers():
    assert RIGHT.keys() == WRONG.keys() == CHECKS.keys()
    assert all(len(cases) >= 2 for cases in [*RIGHT.values(), *WRONG.values()])


ODD = [
    None, math.inf, math.nan, 1j, 10**400, range(3), "", "...", b"7", [], {}, (), iter([]), [None],
    [[...], 1j], {"a": None}, object(), object, print,
    pd.NA, pd.NaT, pd.DataFrame(), pd.Series(dtype=object), pd.Index([]),
    np.array(7j), np.eye(2), np.bool_(1),
    lambda *_: 1 / 0, lambda *_: sys.exit(), lambda *_: pd.NA, lambda *_: pd.DataFrame(),
    lambda *_: iter([[]]),
]  # fmt: skip


@pytest.mark.parametrize("exercise", CHECKS)
def test_no_answer_makes_a_check_raise(exercise):
    for answer in ODD:
        assert check(exercise, answer).data.startswith(f"**{exercise} is not"), repr(answer)


@pytest.mark.parametrize("exercise", FUNCTIONS)
def test_a_function_without_a_body_is_not_answered_yet(exercise):
    empty = ("pass", "return", "return None")
    for body in ("...", *empty, '"""What it does."""\n    ...', "return (..., 1)"):
        names: dict = {}
        exec(f"def answer(one, two=None):\n    {body}", names)
        assert check(exercise, names["answer"]).data == (
            f"**{exercise} is not answered yet.** Write your answer into its cell, over `...` "
            "where that still stands; run that cell, then this one."
        )


@pytest.mark.parametrize("answer", [(..., ...), [...], (0.8, ...), {"elderly": ...}, [("x", ...)]])
def test_what_still_has_an_ellipsis_in_it_is_not_answered_yet(answer):
    assert "not answered yet" in check("3.1", answer).data


def test_a_generator_is_right_once_and_then_told_to_be_a_list():
    answer = (address for address in ("3.1", "6.2", "7.2", "8.2"))
    assert check("4.2", answer).data == "**4.2 is right.**"
    assert "make a list of it" in check("4.2", answer).data


def test_an_error_is_told_with_one_full_stop():
    def stop(*_):
        raise ValueError("It is not so.\nNot at all.")

    said = check("3.2", stop).data
    assert said.endswith("Instead, Python stopped with `ValueError: It is not so. Not at all.`.")


def test_an_interruption_interrupts():
    def stop(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check("3.2", stop)


def test_what_a_learners_function_does_to_its_input_spoils_no_later_check():
    def empty(left, right):
        left.clear()
        return 0.0

    assert {check("4.3", empty).data for _ in range(2)} == {
        "**4.3 is not yet right.** It changes the dictionary it is given: after the call this is "
        "`{}`. Whoever calls it may need it again. Work on a copy, which `.copy()` makes."
    }


def test_progress_knows_this_sessions_answers():
    check("1.1", 148)
    check("1.2", "3")
    assert progress("1")["state"].tolist()[:2] == ["right", "not yet right"]


@pytest.mark.parametrize("lesson", [1, 1.1, None])
def test_the_number_of_a_lesson_is_written_in_quotes(lesson):
    with pytest.raises(ValueError, match=f'of the lesson is written in quotes: "{lesson}"'):
        progress(lesson)


@pytest.mark.parametrize("lesson", ["1.1", "7", "01", ""])
def test_a_lesson_that_is_not_there_is_answered_with_those_that_are(lesson):
    with pytest.raises(ValueError, match=f"no lesson '{lesson}'. .* 1, 2, 3, 4, 5, 6"):
        progress(lesson)


@pytest.mark.parametrize("ask", [hint, solution])
def test_the_number_of_an_exercise_is_written_in_quotes(ask):
    with pytest.raises(ValueError, match=r'written in quotes: "1\.1"'):
        ask(1.1)


@pytest.mark.parametrize("ask", [hint, solution])
def test_an_exercise_that_is_not_there_is_answered_with_those_that_are(ask):
    with pytest.raises(ValueError, match=r"no exercise '9\.9'.*1\.1, 1\.2"):
        ask("9.9")


def test_a_check_says_so_where_the_exercise_is_not_there_and_raises_nothing():
    assert 'written in quotes: "1.1"' in check(1.1, 1).data
    assert "no exercise '9.9'" in check("9.9", 1).data
