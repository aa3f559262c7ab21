"""A real Chromium, told what to do through a pipe, for tests of pages that people work with."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
#: Seconds that a page may take on a busy machine.
_PATIENCE = 60


class Browser:
    """One tab without a window."""

    def __init__(self, width: int = 1300, height: int = 900) -> None:
        self._folder = tempfile.mkdtemp()
        theirs, self._to = os.pipe()
        self._from, ours = os.pipe()
        command = (
            f"exec {CHROMIUM} --headless --no-sandbox --disable-gpu --hide-scrollbars --no-first-run"
            f" --user-data-dir={self._folder} --window-size={width},{height} --remote-debugging-pipe about:blank"
            f" 3<&{theirs} 4>&{ours}"
        )
        self._process = subprocess.Popen(
            ["bash", "-c", command],
            pass_fds=(theirs, ours),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs)
        os.close(ours)
        self._number, self._held, self._session = 0, b"", ""
        tab = next(one for one in self._tell("Target.getTargets")["targetInfos"] if one["type"] == "page")
        attached = self._tell("Target.attachToTarget", targetId=tab["targetId"], flatten=True)
        self._session = attached["sessionId"]
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self._tell("Emulation.setDeviceMetricsOverride", **size)

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._to)
        os.close(self._from)
        shutil.rmtree(self._folder, ignore_errors=True)

    def open(self, address: str) -> None:
        """Go to an address, and wait until it is there."""
        self._tell("Page.navigate", url=address)
        self.wait("document.readyState === 'complete' && location.protocol === 'http:'")

    def ask(self, script: str) -> Any:
        """What a script comes to in the page."""
        told = self._tell("Runtime.evaluate", expression=script, returnByValue=True)
        return told["result"].get("value")

    def wait(self, script: str) -> None:
        """Wait until a script comes to something true."""
        end = time.monotonic() + _PATIENCE
        while not self.ask(script):
            assert time.monotonic() < end, f"{script} is not so on {self.ask('document.body.innerText')}"
            time.sleep(0.05)

    def press(self, key: str) -> None:
        """Press a key, and wait for the page that may come of it."""
        before = self.ask("performance.timeOrigin")
        code = {"Enter": 13, "Escape": 27}.get(key, ord(key[0].upper()))
        text = {"text": "\r"} if key == "Enter" else {"text": key} if len(key) == 1 else {}
        self._tell("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=code, **text)
        self._tell("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)
        time.sleep(0.3)
        self.wait(f"document.readyState === 'complete' && performance.timeOrigin >= {before}")

    def write(self, text: str) -> None:
        """Type into the field that is active."""
        self._tell("Input.insertText", text=text)

    def picture(self, file: Path) -> None:
        """Write what is to be seen as PNG."""
        file.write_bytes(base64.b64decode(self._tell("Page.captureScreenshot", format="png")["data"]))

    def _tell(self, method: str, **given: Any) -> dict[str, Any]:
        self._number += 1
        said = {"id": self._number, "method": method, "params": given}
        if self._session:
            said["sessionId"] = self._session
        os.write(self._to, json.dumps(said).encode() + b"\0")
        while True:
            while b"\0" not in self._held:
                self._held += os.read(self._from, 65536) or b'{"id":-1,"error":"gone"}\0'
            line, _, self._held = self._held.partition(b"\0")
            answer = json.loads(line)
            if answer.get("id") in (self._number, -1):
                # A page that is just being left has no script to ask.
                return dict(answer.get("result") or {"result": {}})
