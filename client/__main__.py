"""`python -m client ...`: the same as `holdspace member ...`."""

import sys

from client.command import main

sys.exit(main(sys.argv[1:]))
