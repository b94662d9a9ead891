"""Warm kernels: as good as cold ones, ended as surely, and replaced by cold ones where they would differ."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import nbformat
import papermill
import psutil
import pytest
from jupyter_client.manager import start_new_kernel
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from cafcass_reports.kernels import warm_kernels
from cafcass_reports.kernels.warm_process import differing

pytestmark = pytest.mark.skipif(not warm_kernels.POSSIBLE, reason="kernels are forked on Linux only")

QUIET = ["--IPKernelApp.log_level=CRITICAL"]


@pytest.fixture
def execute(tmp_path: Path) -> Callable[..., list[str]]:
    """Execute cells with papermill's warm engine, and return what they print."""

    def run(*cells: str, **options: object) -> list[str]:
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        path = tmp_path / "notebook.ipynb"
        nbformat.write(notebook, path)
        options = {
            "engine_name": "cafcass-warm",
            "progress_bar": False,
            "extra_arguments": QUIET,
            "execution_timeout": 60,
        } | options
        executed = papermill.execute_notebook(path, path, **options)
        return ["".join(output.get("text", "") for output in cell.outputs).strip() for cell in executed.cells]

    return run


def parent_of_kernel(execute: Callable[..., list[str]]) -> str:
    (command,) = execute("import psutil; print(' '.join(psutil.Process().parent().cmdline()))")
    return command


def kernels() -> list[psutil.Process]:
    """What was forked from the warm processes of these tests."""
    return [child for warm in psutil.Process().children() for child in warm.children()]


def test_a_kernel_is_forked_from_the_warm_process(execute: Callable[..., list[str]]) -> None:
    assert "cafcass_reports.kernels.warm_process" in parent_of_kernel(execute)
    (imported,) = execute("import sys; print('seaborn' in sys.modules)")
    assert imported == "True"


def test_a_kernel_is_like_one_that_started_cold(execute: Callable[..., list[str]], tmp_path: Path) -> None:
    asked = (
        "sys.path", "os.getcwd()", "__name__", "sys.executable", "matplotlib.get_backend()", "os.isatty(0)",
        "matplotlib.rcParams['font.size']", "signal.getsignal(signal.SIGTERM)", "os.getpgid(0) == os.getpid()",
        f"sorted(set(os.environ) - {{'JPY_PARENT_PID', {warm_kernels.ADDRESS!r}}})",

    )  # fmt: skip
    source = f"import os, sys, signal, matplotlib\nprint({', '.join(asked)}, sep='\\n')"
    warm = execute(source, cwd=tmp_path)[0].splitlines()
    cold = execute(source, cwd=tmp_path, engine_name="nbclient")[0].splitlines()
    assert dict(zip(asked, warm, strict=True)) == dict(zip(asked, cold, strict=True))


def test_nothing_of_one_notebook_is_in_the_next(execute: Callable[..., list[str]], tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    execute(
        "import os, sys, pandas, matplotlib, json, duckdb, time\n"
        f"leaked = 1; os.environ['LEAKED'] = '1'; os.chdir({str(other)!r}); sys.path.append('leaked')\n"
        "pandas.DataFrame.leaked = True; json.leaked = True; matplotlib.rcParams['font.size'] = 99\n"
        "duckdb.sql('create table leaked (a int)'); os.environ['TZ'] = 'Asia/Tokyo'; time.tzset()"
    )
    (found,) = execute(
        "import os, sys, pandas, matplotlib, json, duckdb, time\n"
        "print('leaked' in globals(), 'LEAKED' in os.environ, os.path.basename(os.getcwd()), 'leaked' in sys.path,\n"
        "  hasattr(pandas.DataFrame, 'leaked'), hasattr(json, 'leaked'), matplotlib.rcParams['font.size'],\n"
        "  duckdb.sql('show tables').fetchall(), time.tzname[0] == 'JST')",
        cwd=tmp_path,
    )
    assert found == f"False False {tmp_path.name} False False False 10.0 [] False"


def test_each_notebook_has_random_numbers_of_its_own(execute: Callable[..., list[str]]) -> None:
    draw = "import random, numpy; print(random.random(), numpy.random.rand(), numpy.random.default_rng().random())"
    first, second = execute(draw)[0].split(), execute(draw)[0].split()
    assert not set(first) & set(second)


def test_libraries_with_threads_work_in_a_child(execute: Callable[..., list[str]]) -> None:
    (found,) = execute(
        "import duckdb, numpy, pandas, pyarrow.compute as pc, pyarrow\n"
        "a = numpy.ones((400, 400)) @ numpy.ones((400, 400))\n"
        "n = duckdb.sql('select sum(range) from range(1000000)').fetchall()[0][0]\n"
        "print(int(a[0, 0]), n, pc.sum(pyarrow.array(range(1000))).as_py())"
    )
    assert found == "400 499999500000 499500"


def test_who_asks_for_a_kernel_and_leaves_at_once_takes_no_other_kernel_along(
    execute: Callable[..., list[str]],
) -> None:
    address = os.environ[warm_kernels.ADDRESS]
    leave = f"""
import os, socket, time
from cafcass_reports.kernels.warm_process import Request
for environment in ({{**os.environ}}, {{"PYTHONHOME": "elsewhere"}}):
    asked = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    asked.connect("\\0{address}")
    socket.send_fds(asked, [Request([], environment, os.getcwd()).encode()], [1, 2])
    asked.close()
time.sleep(0.5)
print("still here")
"""
    assert execute(leave) == ["still here"]
    assert execute("print('and the next')") == ["and the next"]
    assert "warm_process" in parent_of_kernel(execute)


def test_a_figure_is_drawn_inline(execute: Callable[..., list[str]], tmp_path: Path) -> None:
    execute("import seaborn as sns\nsns.lineplot(x=[1, 2], y=[1, 2])")
    drawn = nbformat.read(tmp_path / "notebook.ipynb", as_version=4).cells[0].outputs
    assert any("image/png" in output.get("data", {}) for output in drawn)


def test_an_error_stops_the_notebook_and_ends_the_kernel(execute: Callable[..., list[str]]) -> None:
    with pytest.raises(PapermillExecutionError, match="ZeroDivisionError"):
        execute("1 / 0")
    assert kernels() == []


@pytest.mark.parametrize("end", ["os._exit(3)", "os.kill(os.getpid(), 11)"])
def test_a_kernel_that_dies_is_noticed_and_leaves_no_zombie(execute: Callable[..., list[str]], end: str) -> None:
    with pytest.raises(DeadKernelError):
        execute(f"import os; {end}")
    assert kernels() == []
    assert "cafcass_reports.kernels.warm_process" in parent_of_kernel(execute)


def test_a_kernel_that_dies_before_its_first_cell_is_told(execute: Callable[..., list[str]]) -> None:
    with pytest.raises(RuntimeError, match="died before it was ready"):
        execute("1", extra_arguments=[*QUIET, "--IPKernelApp.exec_lines=import os; os._exit(3)"])
    assert kernels() == []


def test_a_cell_that_hangs_is_stopped(execute: Callable[..., list[str]]) -> None:
    with pytest.raises(CellTimeoutError):
        execute("import time\nwhile True:\n  time.sleep(1)", execution_timeout=1)
    assert kernels() == []


def test_a_cell_that_takes_no_interrupt_is_stopped_all_the_same(execute: Callable[..., list[str]]) -> None:
    deaf = "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n  time.sleep(1)"
    with pytest.raises(CellTimeoutError):
        execute(deaf, execution_timeout=1)
    assert kernels() == []


def test_kernels_die_with_their_warm_process_and_the_next_ones_start_cold(
    execute: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(warm_kernels.ADDRESS, raising=False)
    process = warm_kernels.start()
    with pytest.raises(DeadKernelError):
        execute("import os, signal, time\nos.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(60)")
    assert "warm_process" not in parent_of_kernel(execute)
    warm_kernels.stop(process)


def test_an_interrupt_reaches_the_cell_and_what_it_started() -> None:
    manager, client = start_new_kernel(kernel_name="cafcass-warm", extra_arguments=QUIET)
    try:
        child = "import subprocess; print('begun', flush=True); subprocess.run(['sleep', '60'])"
        request = client.execute(child)
        while (message := client.get_iopub_msg(timeout=20))["msg_type"] != "stream":
            pass
        manager.interrupt_kernel()
        reply = client.get_shell_msg(timeout=20)
        assert (message["content"]["text"], reply["parent_header"]["msg_id"]) == ("begun\n", request)
        assert reply["content"]["ename"] == "KeyboardInterrupt"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert kernels() == []


def test_the_debugger_of_jupyterlab_stops_at_a_breakpoint() -> None:
    manager, client = start_new_kernel(kernel_name="cafcass-warm", extra_arguments=QUIET)

    def ask(command: str, **arguments: object) -> dict[str, Any]:
        request = {"type": "request", "seq": 1, "command": command, "arguments": arguments}
        message = client.session.msg("debug_request", request)
        client.control_channel.send(message)
        while (reply := client.get_control_msg(timeout=20))["parent_header"]["msg_id"] != message["header"]["msg_id"]:
            pass
        return cast("dict[str, Any]", reply["content"])

    try:
        cell = "a = 1\nb = a + 1"
        ask("initialize", clientID="test", adapterID="test", pathFormat="path")
        ask("attach")
        path = ask("dumpCell", code=cell)["body"]["sourcePath"]
        ask("setBreakpoints", source={"path": path}, breakpoints=[{"line": 2}], sourceModified=False)
        ask("configurationDone")
        client.execute(cell)
        while (message := client.get_iopub_msg(timeout=20))["content"].get("event") != "stopped":
            pass
        assert message["content"]["body"]["reason"] == "breakpoint"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert kernels() == []


def test_any_jupyter_program_can_restart_a_warm_kernel() -> None:
    manager, client = start_new_kernel(kernel_name="cafcass-warm", extra_arguments=QUIET)
    try:
        client.execute_interactive("x = 1", timeout=20)
        manager.restart_kernel(now=True)
        client.wait_for_ready(timeout=20)
        reply = client.execute_interactive("x", timeout=20, output_hook=lambda message: None)
        assert reply["content"]["ename"] == "NameError"
    finally:
        client.stop_channels()
        manager.shutdown_kernel()
    assert kernels() == []


def test_where_python_would_start_otherwise_the_kernel_is_cold(
    execute: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    assert "warm_process" not in parent_of_kernel(execute)


def test_without_a_warm_process_the_kernel_is_cold(
    execute: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(warm_kernels.ADDRESS, "nobody")
    assert "warm_process" not in parent_of_kernel(execute)


def test_a_backend_of_ones_own_is_read_by_a_new_process() -> None:
    assert differing({"MPLBACKEND": "svg"}, {}) == ["MPLBACKEND"]
    assert differing({"LD_PRELOAD": "x", "PATH": "a"}, {"PATH": "b"}) == ["LD_PRELOAD"]
    assert differing({"PATH": "a"}, {"PATH": "b"}) == []


PROGRAM = """
import sys, time
from jupyter_client.manager import start_new_kernel
from cafcass_reports.kernels.warm_kernels import warm_kernels
with warm_kernels():
    manager, client = start_new_kernel(kernel_name="cafcass-warm", extra_arguments=["--IPKernelApp.log_level=CRITICAL"])
    print(manager.provisioner.pid, flush=True)
    time.sleep(60)
"""


def test_kernels_end_with_the_program_that_was_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(warm_kernels.ADDRESS)
    program = subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    kernel = psutil.Process(int(program.stdout.readline()))
    started = [*kernel.parents()[:1], kernel]
    program.send_signal(signal.SIGKILL)
    program.wait()
    program.stdout.close()
    _, alive = psutil.wait_procs(started, timeout=10)
    assert alive == []


def test_a_program_that_ends_does_not_wait_for_what_its_warm_process_still_imports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "slow_to_import.py").write_text("import time; time.sleep(60)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.delenv(warm_kernels.ADDRESS, raising=False)
    process = warm_kernels.start("slow_to_import")
    warm_kernels.stop(process)
    assert process.returncode == -signal.SIGKILL


def test_a_program_is_given_a_warm_process_while_its_first_kernel_starts_cold(
    execute: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(warm_kernels.ADDRESS)
    started: list[subprocess.Popen[bytes]] = []
    start = warm_kernels.start
    monkeypatch.setattr(warm_kernels, "start", lambda: started.append(start()))
    assert "warm_process" not in parent_of_kernel(execute)
    assert "warm_process" in parent_of_kernel(execute)
    warm_kernels.stop(*started)
