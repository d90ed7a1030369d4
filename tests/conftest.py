"""What all tests share: how hard Hypothesis tries, and the real HR exports beside the project.

Profiles: `dev` on a desk, `ci` where CI is set, `thorough` by hand with `--hypothesis-profile=thorough`.
"""

import os
from pathlib import Path

import pytest
from hypothesis import Phase, settings

# No deadline anywhere: it would measure the machine, and the first example pays for imports.
# Parents are named, since where CI is set Hypothesis starts from its own `ci`, and all profiles would inherit that.
desk, server = settings.get_profile("default"), settings.get_profile("ci")
settings.register_profile("dev", desk, max_examples=30, deadline=None)
settings.register_profile("ci", server, max_examples=50, deadline=None, derandomize=True, print_blob=True)
settings.register_profile("thorough", desk, max_examples=1000, deadline=None)
# For tests/planted: few examples, always the same, and no search for the simplest.
settings.register_profile(
    "planted",
    desk,
    max_examples=10,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of real HR exports; they belong to others, so they lie beside the project and not in it."""
    folder = Path(__file__).parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("needs the real HR exports: no folder shared/data beside the project")
    return folder
