"""`python -m app.cli` is `groundwork`."""

import sys

from app.cli import main

sys.exit(main())
