"""Ranking on other reports: who recommended says which intervention is the right one."""

import numpy as np
from compare_ranking import ranks_of, read_pairs

REVIEW = """
B. Interactive dialogue and responses by the State under review

1. Norway welcomed the new schools. Norway made a recommendation.

2. The Republic of Korea asked about prisons.

3. Iran (Islamic Republic of) noted the plan on water.

4. Peru thanked Norway for its answer.

5. Peru described its schools.

II. Conclusions and/or recommendations

6. The recommendations below will be examined by Peru:

6.1 Build more schools (Norway);

6.2 Mend the prisons of Peru (Republic of Korea);

6.3 Clean the water (Iran (Islamic Republic of));

6.4 Ratify the Convention (Norway, Republic of Korea);

6.5 Plant trees (Kenya);

6.6 Close the prisons (Norway); open them (Republic of Korea).
"""


def test_a_recommendation_belongs_to_the_intervention_of_the_one_state_that_made_it():
    said, recommended, answers = read_pairs(REVIEW)
    assert recommended == ["Build more schools", "Mend the prisons of Peru", "Clean the water"]
    right = [said[answer] for answer in answers]
    assert [text.split()[-1].strip(".") for text in right] == ["recommendation", "prisons", "water"]


def test_the_state_that_speaks_and_the_state_under_review_are_no_help():
    said, _, _ = read_pairs(REVIEW)
    assert said[1] == "The State asked about prisons."
    assert not any("Norway" in text or "schools" in text for text in said if "welcomed" not in text)


def test_the_rank_counts_what_stands_above_and_half_of_what_is_level():
    scores = np.array([[0.9, 0.5], [0.2, 0.5], [0.4, 0.5]])
    assert ranks_of(scores, np.array([2, 0])).tolist() == [2, 2]
