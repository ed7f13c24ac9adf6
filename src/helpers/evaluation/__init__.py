"""How good the results are, held against gold, and how sure they are without one."""

from helpers.evaluation.ablation import OUR_WEIGHTS, ablation, weight_grid
from helpers.evaluation.comparison import (
    read_link_scores,
    read_links_by_report,
    read_model_entities,
    read_name_scores,
    read_ranking,
    read_rates_by_report,
    read_timing,
    read_weights_elsewhere,
)
from helpers.evaluation.gold import (
    PASSES,
    agreement_on_entities,
    agreement_on_links,
    annotate,
    read_adjudication,
    read_gold,
    read_gold_links,
    read_gold_statuses,
    read_links,
    read_pass,
)
from helpers.evaluation.metrics import (
    bootstrap_f1,
    entity_errors,
    link_measures,
    score_entities,
    score_entity_linking,
    score_links,
    threshold_curve,
)
from helpers.evaluation.uncertainty import PermutationTest, judge_links, permutation_test

__all__ = [
    "OUR_WEIGHTS",
    "PASSES",
    "PermutationTest",
    "ablation",
    "agreement_on_entities",
    "agreement_on_links",
    "annotate",
    "bootstrap_f1",
    "entity_errors",
    "judge_links",
    "link_measures",
    "permutation_test",
    "read_adjudication",
    "read_gold",
    "read_gold_links",
    "read_gold_statuses",
    "read_link_scores",
    "read_links",
    "read_links_by_report",
    "read_model_entities",
    "read_name_scores",
    "read_pass",
    "read_ranking",
    "read_rates_by_report",
    "read_timing",
    "read_weights_elsewhere",
    "score_entities",
    "score_entity_linking",
    "score_links",
    "threshold_curve",
    "weight_grid",
]
