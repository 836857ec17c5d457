"""Write the lock's versions into the conda environment: `python tools/pin.py requirements.lock environment.yml`."""

import re
import sys
from pathlib import Path

lock, environment = map(Path, sys.argv[1:])
versions = dict(re.findall(r"^([\w.-]+)==([\w.]+)", lock.read_text(encoding="utf-8"), re.MULTILINE))
text = environment.read_text(encoding="utf-8")
text = re.sub(r"([\w.-]+)==[\w.]+", lambda pin: f"{pin[1]}=={versions[pin[1]]}", text)
environment.write_text(text, encoding="utf-8")
