"""`groundwork assess`: the figures and the verdict of a document."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace

from app.cli.command import DONE, Command, read_file
from app.exports.notes import edition
from scoping import assess, assess_in_full
from scoping.assess import DEFAULT_SEED
from scoping.reports import render, summarise
from scoping.reports.digits import settled
from scoping.value.simulate import DEFAULT_DRAWS

_DRAWS_HELP = f"simulated futures (default {DEFAULT_DRAWS:,})"
_SEED_HELP = f"same document and seed, same figures (default {DEFAULT_SEED})"


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the document; - for standard input")
    parser.add_argument("--firmness", action="store_true", help="how firm the verdict is too (takes seconds)")
    parser.add_argument("--json", action="store_true", help="all figures as JSON")
    parser.add_argument("--draws", type=int, default=DEFAULT_DRAWS, help=_DRAWS_HELP)
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help=_SEED_HELP)


def _run(options: Namespace) -> int:
    proposal = read_file(options.file)
    assessment = (assess_in_full if options.firmness else assess)(proposal, options.draws, options.seed)
    if options.json:
        print(json.dumps(settled(assessment.to_dict()), indent=2, allow_nan=False))
    else:
        sys.stdout.write(render(summarise(proposal, assessment, edition=edition()), "md").decode())
    return DONE


COMMAND = Command("assess", "assess a proposal document (JSON)", 20, _arguments, _run)
