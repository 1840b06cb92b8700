"""The plugins are tested where they stand, without being installed: their sources are put on the path."""

import sys
from pathlib import Path

for sources in sorted((Path(__file__).parent / "plugins").glob("*/src")):
    sys.path.insert(0, str(sources))
