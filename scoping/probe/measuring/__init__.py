"""What models say of a sample: is there signal, is it too good to be true, and what would more labels bring?

    values.py, texts.py, inputs.py   Arrow columns as features
    problem.py, preparing.py         target, inputs, order, what belongs together; series.py the past of the target
    splitting.py, models.py          what is trained on what
    scoring.py, intervals.py         metrics, and how sure they are
    signal.py, baselines.py          the best model against what knows nothing, and against shuffled labels
    leakage.py, afterwards.py        columns and rows that know the answer
    learning.py, operating.py        scores by number of rows; counts at each threshold
    labels.py, label_noise.py        labels that are contradicted; how many are wrong, apart from overlapping classes
    agreement.py                     two people's labels
    twins.py, vanishing.py           near-duplicates across the label; missing inputs, inference time

Every score is out of sample. The same sample and seed give the same figures; only inference time is of the machine,
and what the clock cut, which `not_done` then says.
"""

from .measuring import measure
from .results import Measurements

__all__ = ["Measurements", "measure"]
