"""How the tests are shared out between two processes (`pytest -n 2 --dist loadfile`): by files, in an order that has a
purpose.

pytest-xdist hands out the files with the most tests first. Folders get mixed by that, and what a folder keeps for its
tests, above all the running product and the Chromium of `tests/web`, was ended and started anew for nearly each of its
files: 20 times instead of once. And two tests that each take a whole product and a browser met on two cores by chance.

So here the tests of whole products stand first; the first process takes files from the front, the others from the back,
and where the front is done they meet among small files.
"""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

_WHOLE_PRODUCTS = ("tests/web/", "tests/e2e/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole products first; apart from that the order stays."""
    items.sort(key=lambda item: not item.nodeid.startswith(_WHOLE_PRODUCTS))


class FromBothEnds(LoadFileScheduling):  # type: ignore[misc] # xdist ships no types
    """Files in their order: the first process takes them from the front, the others from the back."""

    def schedule(self) -> None:
        """As xdist does, but in the order of the tests."""
        self.config.option.loadscopereorder = False
        super().schedule()

    def _assign_work_unit(self, node: WorkerController) -> None:
        if node is not self.nodes[0]:
            self.workqueue.move_to_end(next(reversed(self.workqueue)), last=False)
        super()._assign_work_unit(node)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> FromBothEnds | None:
    """Only for whole files: who asks for another distribution gets that."""
    return FromBothEnds(config, log) if config.getvalue("dist") == "loadfile" else None
