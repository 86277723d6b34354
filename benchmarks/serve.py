"""The workbench under stress: killed while corrections come in, and asked by many at once.

python benchmarks/serve.py crash [TIMES]      kill -9, start again, compare with what was said
python benchmarks/serve.py load [SECONDS]     50 clients: errors, memory, p95 beside the library
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

import speechmine

HERE = Path(__file__).parent.parent
sys.path.insert(0, str(HERE / "tests"))
from servers import Server, free_port, start_bench  # noqa: E402

SPEECH = HERE / "corpus" / "yanhu-2024-dubanhui.txt"
CLIENTS = 50


def main() -> None:
    """Run what is named."""
    name, *rest = sys.argv[1:] or ["load"]
    {"crash": crash, "load": load}[name](int(rest[0]) if rest else None)


def crash(times: int | None) -> None:
    """Kill the server while a script corrects; nothing that was acknowledged may be lost."""
    folder, port = Path(tempfile.mkdtemp()), free_port()
    server = start_bench(folder, port=port)
    with SPEECH.open("rb") as stream:
        answer = requests.post(f"{server.url}/texts", files={"file": stream}, timeout=120)
    key = answer.json()["key"]
    tasks = requests.get(f"{server.url}/api/texts/{key}", timeout=60).json()["tasks"]
    said: dict[str, int] = {}
    for round_ in range(times or 30):
        worker = threading.Thread(target=_correct, args=(server.url, key, tasks, round_, said))
        worker.start()
        time.sleep(0.3 + (round_ * 37 % 100) / 250)
        server.kill()
        worker.join()
        server = start_bench(folder, port=port)
        kept = requests.get(f"{server.url}/api/texts/{key}/decisions", timeout=60).json()
        lost = set(said.values()) - {decision["seq"] for decision in kept}
        print(f"{round_ + 1}: acknowledged {len(said)}, kept {len(kept)}, lost {len(lost)}")
        if lost:
            sys.exit(f"lost: {sorted(lost)}")
    server.kill()


def _correct(
    url: str, key: str, tasks: list[dict[str, object]], round_: int, said: dict[str, int]
) -> None:
    """Correct until the server is gone; note what was acknowledged."""
    for number in range(10_000):
        task = tasks[number % len(tasks)]["id"]
        token = f"{round_}-{number}"
        body = {"action": "accept", "reader": "王", "task": task, "token": token}
        try:
            answer = requests.post(f"{url}/api/texts/{key}/decisions", json=body, timeout=10)
        except requests.RequestException:
            return
        if answer.ok:
            said[token] = answer.json()["seq"]


def load(seconds: int | None) -> None:
    """Ask for extractions from many clients at once."""
    text = SPEECH.read_text(encoding="utf-8")
    plain = _plain(text)
    server = start_bench(Path(tempfile.mkdtemp()))
    _ask(server, text)
    memory = [_memory(server)]
    ends = time.monotonic() + (seconds or 60)
    with ThreadPoolExecutor(CLIENTS) as pool:
        futures = [pool.submit(_keep_asking, server, text, ends) for _ in range(CLIENTS)]
        while time.monotonic() < ends:
            time.sleep(5)
            memory.append(_memory(server))
        results = [result for future in futures for result in future.result()]
    errors = [status for status, _ in results if status != 200]
    p95 = statistics.quantiles([took for _, took in results], n=20)[-1]
    per_second = len(results) / (seconds or 60)
    told = {
        "requests": len(results),
        "errors": len(errors),
        "per_second": round(per_second, 1),
        "library_ms": round(plain * 1000),
        "p95_ms": round(p95 * 1000),
        "p95_in_library_calls": round(p95 / plain, 1),
        "memory_mb": memory,
    }
    print(json.dumps(told, indent=1))
    server.kill()


def _plain(text: str) -> float:
    """The library called by itself: median of a few calls."""
    speechmine.extract(text)
    took = []
    for _ in range(5):
        start = time.perf_counter()
        speechmine.extract(text)
        took.append(time.perf_counter() - start)
    return statistics.median(took)


def _ask(server: Server, text: str) -> tuple[int, float]:
    start = time.perf_counter()
    answer = requests.post(f"{server.url}/api/extract", json={"text": text}, timeout=120)
    return answer.status_code, time.perf_counter() - start


def _keep_asking(server: Server, text: str, ends: float) -> list[tuple[int, float]]:
    return list(_until(server, text, ends))


def _until(server: Server, text: str, ends: float) -> Iterator[tuple[int, float]]:
    while time.monotonic() < ends:
        yield _ask(server, text)


def _memory(server: Server) -> int:
    """MiB of the server and its workers."""
    own = server.process.pid
    pids = [own, *_children(own)]
    return sum(_resident(pid) for pid in pids) >> 10


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        listed = (task / "children").read_text(encoding="ascii").split()
        found += [int(child) for child in listed]
    return found


def _resident(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1])
    return 0


if __name__ == "__main__":
    main()
