"""Stands in for the reader's child process and behaves badly: ``python -m tests.hostile``.

What it does is the word in the environment variable ``HOSTILE``.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from pipeline.confine import confine

manner = os.environ["HOSTILE"]
if manner == "deaf":  # goes away without listening
    sys.exit(9)
job = json.load(sys.stdin)
if manner == "crash":
    os.kill(os.getpid(), signal.SIGSEGV)
elif manner == "hang":
    subprocess.Popen(["sleep", "600"])  # as a Tesseract that hangs
    Path(os.environ["HOSTILE_PIDS"]).write_text(f"{os.getpid()}")
    time.sleep(600)
elif manner == "garbage":
    reply = Path(job["reply"], "reply", "answer.json.gz")
    reply.parent.mkdir(parents=True)
    reply.write_bytes(b"no answer")
elif manner == "telling":
    Path(job["reply"], "lines.jsonl").write_text('["pipeline.pages.page", 30, "page 3 could not be read"]\n')
    os.kill(os.getpid(), signal.SIGSEGV)
elif manner == "silent":
    print("nothing to say", file=sys.stderr)
else:
    confine(job["parent"], memory_mb=job["memory_mb"], cpu_seconds=1 if manner == "busy" else 0)
    while manner == "busy":
        pass
    if manner == "greedy":
        bytearray(4 << 30)
    if manner == "talkative":
        socket.create_connection(("127.0.0.1", int(os.environ["HOSTILE_PORT"])), timeout=5)
