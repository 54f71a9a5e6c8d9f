"""The worker process: typst and Graphviz live here, so that their memory ends with it.

`python -m risk_registry.documents.worker` reads jobs from stdin and answers on stdout, each a length and JSON.
It ends by itself when nothing was asked for a while, after so many jobs, or when one has left it too large: typst
keeps what it set of the last ten documents, and ten registers of 745 points are more than a gigabyte.
"""

import resource
import select
import sys
from collections.abc import Callable, Mapping
from io import FileIO
from pathlib import Path

import msgspec
from plumbline_shared.glyphs import missing

from risk_registry.documents.jobs import Answer, Job

IDLE_SECONDS = 60
MOST_JOBS = 200
MOST_BYTES = 180_000_000
LENGTH = 4


def main() -> None:
    """Serve until stdin ends, the worker has idled, or it has done its share."""
    source, sink = FileIO(sys.stdin.fileno(), closefd=False), sys.stdout.buffer
    for _job in range(MOST_JOBS):
        if not select.select([source], [], [], IDLE_SECONDS)[0] or (frame := _read(source)) is None:
            return
        answer = msgspec.json.encode(work(msgspec.json.decode(frame, type=Job)))
        sink.write(len(answer).to_bytes(LENGTH) + answer)
        sink.flush()
        if resident() > MOST_BYTES:
            return


def resident() -> int:
    """Bytes that this process holds in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def work(job: Job) -> Answer:
    """Do one job; what goes wrong is the answer, and the worker lives on."""
    try:
        return KINDS[job.kind](job)
    except Exception as error:
        return Answer(b"", error=f"{type(error).__name__}: {error}"[:500])


def _print(job: Job) -> Answer:
    from risk_registry.documents.press import pdf  # noqa: PLC0415

    return pdf(job.text, job.instant)


def _draw(job: Job) -> Answer:
    from risk_registry.documents.drawing import svg  # noqa: PLC0415

    lost = missing(job.text)
    return Answer(b"", missing=lost) if lost else Answer(svg(job.text))


KINDS: Mapping[str, Callable[[Job], Answer]] = {"pdf": _print, "diagram": _draw}


def _read(source: FileIO) -> bytes | None:
    length = _exactly(source, LENGTH)
    return _exactly(source, int.from_bytes(length)) if length else None


def _exactly(source: FileIO, size: int) -> bytes | None:
    content = bytearray()
    while len(content) < size:
        chunk = source.read(size - len(content))
        if not chunk:
            return None
        content += chunk
    return bytes(content)


if __name__ == "__main__":
    main()
