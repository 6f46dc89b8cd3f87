"""Settings for tests: the real ones, with a folder of data that is made for this run and thrown away."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="holdspace-tests-")
os.umask(0o077)
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["HOLDSPACE_DATA"] = _folder

from holdspace.settings import *

STATIC_ROOT.mkdir(exist_ok=True)
