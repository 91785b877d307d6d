"""The processes of `--workers`, under uvicorn's supervisor."""

from __future__ import annotations

from uvicorn.supervisors import Multiprocess


class Workers(Multiprocess):
    """Keeps as many workers as are wanted, and sees at once when one has died."""

    def keep_subprocess_alive(self) -> None:
        """Replace workers that have ended or hang."""
        for process in self.processes:
            # A worker's own end of the pipe that it is asked by. Were it open here too, the death of one that is being
            # asked would not end the wait for its answer, and signals would not be heard for so long.
            process.child_conn.close()
        super().keep_subprocess_alive()
