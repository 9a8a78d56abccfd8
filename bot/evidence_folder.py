"""The folder in which evidence lies, each file under the hash of its content."""

import os
import re
from hashlib import sha256
from pathlib import Path

from storage.permissions import FILE, FOLDER, make_folder, private_opener, restrict

_PART = re.compile("[0-9a-f]{2}")
"""The name of a folder inside: how the hashes of its files begin."""


class Files:
    """Calls block: they belong into worker threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def restrict(self) -> None:
        """Let nobody but the owner read what an older version kept, or a backup brought back."""
        parts = [path for path in self._folder.glob("*") if _PART.fullmatch(path.name)]
        if parts and len(parts) == len(list(self._folder.iterdir())):  # the folder holds nothing but ours
            restrict(self._folder, FOLDER)
        for part in parts:
            restrict(part, FOLDER)
            for path in part.iterdir():
                restrict(path, FILE)

    def put(self, content: bytes) -> str:
        """Keep a file and return its SHA-256; the same content is kept once."""
        digest = sha256(content).hexdigest()
        path = self._path(digest)
        if not path.exists():
            make_folder(path.parent)
            partial = path.with_suffix(f".{os.getpid()}")
            with open(partial, "wb", opener=private_opener) as file:
                file.write(content)
            partial.replace(path)
        return digest

    def get(self, digest: str) -> bytes:
        """OSError where it is gone, or is not what it was."""
        content = self._path(digest).read_bytes()
        if sha256(content).hexdigest() != digest:
            raise OSError("the file has changed")
        return content

    def drop_others(self, known: frozenset[str], *, older_than: float) -> None:
        """Remove what stands behind nothing and was last written before `older_than` (seconds since the epoch)."""
        if not self._folder.is_dir():
            return
        for path in self._folder.glob("*/*"):
            if path.name not in known and path.stat().st_mtime < older_than:
                path.unlink()

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest
