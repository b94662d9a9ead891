"""Papermill's engine for warm kernels: whatever kernelspec of Python a notebook names, it is forked."""

from __future__ import annotations

import time
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbformat import NotebookNode
from papermill.engines import NBClientEngine
from traitlets import Type

from cafcass_reports.kernels.provisioner import NAME


class PromptClient(AsyncKernelClient):
    """A client that knows when a kernel is ready; the usual one waits a fifth of a second for silence."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel has answered, and what it publishes arrives.

        Raises
        ------
        RuntimeError
            Where it dies, or does not answer within so many seconds.
        """
        until = time.monotonic() + (float("inf") if timeout is None else timeout)
        while time.monotonic() < until:
            asked = self.kernel_info()
            try:
                reply = await self.get_shell_msg(timeout=1)
                # What it published may have been lost, where it answered before it had heard who listens.
                while not _idle_after(await self.get_iopub_msg(timeout=0.1), asked):
                    pass
            except Empty:
                if self.parent is not None and not await self.parent.is_alive():
                    raise RuntimeError("The kernel died before it was ready.") from None
                continue
            self._handle_kernel_info_reply(reply)
            return
        raise RuntimeError(f"The kernel did not answer within {timeout:g} seconds.")


def _idle_after(message: dict[str, Any], request: str) -> bool:
    idle = message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
    return bool(idle and message["parent_header"].get("msg_id") == request)


class WarmKernelManager(AsyncKernelManager):
    """Starts the kernel of any Python kernelspec by the warm provisioner."""

    # The name of a class, which others go by, is not heard here: jupyter_client declares the class of its own anew.
    client_factory = Type(PromptClient)

    @property
    def kernel_spec(self) -> KernelSpec | None:
        """The kernelspec, which a provisioner of its own keeps."""
        spec = super().kernel_spec
        if spec is not None and spec.language == "python":
            spec.metadata.setdefault("kernel_provisioner", {"provisioner_name": NAME})
        return spec


class WarmEngine(NBClientEngine):  # type: ignore[misc]  # papermill ships no types
    """Executes by a warm kernel, which is ended at once when its last cell is done."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> NotebookNode:
        """Execute a notebook; the options are those of papermill's own engine."""
        options = {"kernel_manager_class": WarmKernelManager, "shutdown_kernel": "immediate", **options}
        executed: NotebookNode = super().execute_managed_notebook(nb_man, kernel_name, **options)
        return executed
