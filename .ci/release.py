"""Build what a release ships, into `dist`, and check it: wheel, sdist, SBOM, and the changelog as it would read.

Run in a clone, with an environment that has the extra `release`: see CONTRIBUTING.md. Nothing is published, and no file
that git tracks is changed.
"""

import shutil
import subprocess
import sys
import tarfile
import tomllib
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).parents[1]
DIST = ROOT / "dist"
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
MADE = {"PKG-INFO"}  # what an sdist has besides what git tracks


def run(*command: str | Path) -> str:
    """Run a command in the clone; give what it prints, and stop with it where it fails."""
    done = subprocess.run([*map(str, command)], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def python(*arguments: str | Path) -> str:
    """Run a module of this environment."""
    return run(sys.executable, "-m", *arguments)


def built(*what: str, into: Path) -> dict[str, str]:
    """Build with the hatchling of this environment; give the digest of each file."""
    python("build", "--no-isolation", *what, "--outdir", into)
    return {it.name: sha256(it.read_bytes()).hexdigest() for it in into.iterdir()}


def build() -> tuple[Path, Path]:
    """Build the sdist, and the wheel from it; they are the same a second time, when both are built from the clone."""
    shutil.rmtree(DIST, ignore_errors=True)
    first = built(into=DIST)
    with TemporaryDirectory() as folder:
        again = built("--sdist", "--wheel", into=Path(folder))
    assert first == again, f"built twice, and not the same: {first} {again}"
    (sdist,), (wheel,) = DIST.glob("*.tar.gz"), DIST.glob("*.whl")
    print(f"{sdist.name}, {wheel.name}: the same when built again, from the clone and from the sdist")
    return sdist, wheel


def contents(sdist: Path) -> None:
    """Look whether the sdist holds what git tracks, and nothing that lay about."""
    tracked = {it for it in run("git", "ls-files", "-z").split("\0") if it and (ROOT / it).exists()}
    with tarfile.open(sdist) as archive:
        packed = {it.name.partition("/")[2] for it in archive.getmembers()}
    assert packed == tracked | MADE, f"in one alone, sdist or clone: {sorted(packed ^ (tracked | MADE))}"
    print(f"the sdist holds the {len(tracked)} files that git tracks")


def judged(sdist: Path, wheel: Path) -> None:
    """Let others judge: whether the page of the package can be drawn, and whether the wheel holds what `src` does."""
    print(python("twine", "--no-color", "check", "--strict", sdist, wheel).strip())
    print(python("check_wheel_contents", wheel).strip())


def sbom(wheel: Path) -> None:
    """Write what is installed with the wheel, without extras, in the form of CycloneDX, and validate it."""
    target = DIST / f"coaching-{VERSION}.cdx.json"
    with TemporaryDirectory() as folder:
        run(sys.executable, "-m", "uv", "venv", "--quiet", folder, "--python", sys.executable)
        run(sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", folder, wheel)
        options = [
            "--pyproject",
            "pyproject.toml",
            "--mc-type",
            "library",
            "--sv",
            "1.6",
            "--of",
            "JSON",
            "--output-reproducible",
            "-o",
            target,
        ]
        python("cyclonedx_py", "environment", *options, folder)
    faults = JsonStrictValidator(SchemaVersion.V1_6).validate_str(target.read_text(encoding="utf-8"))
    assert faults is None, faults
    print(f"{target.name}: valid")


def changelog() -> None:
    """Show the changelog of the next release, as the fragments make it."""
    print("\n" + python("towncrier", "build", "--draft", "--version", VERSION).strip())


if __name__ == "__main__":
    made = build()
    contents(made[0])
    judged(*made)
    sbom(made[1])
    changelog()
