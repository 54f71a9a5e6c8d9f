"""The bureau is loaded: the directory from its workbook, the register from its sheet."""

from base64 import b64encode
from collections.abc import Iterator

from plumbline_local.demo.bureau import workbook
from plumbline_local.demo.world import Step, World, step

IMPORT_DIRECTORY = """
mutation ImportDirectory($input: ImportDirectoryInput!) {
  importDirectory(input: $input) {
    report { applied changes { kind added changed } problems { sheet row column message } }
    userErrors { code message path }
  }
}
"""


class Opening:
    """From nothing to a bureau with its people and its register."""

    def __init__(self, world: World) -> None:
        self._world = world

    def steps(self) -> Iterator[Step]:
        yield step("2026-03-02 08:00", "The directory of three bureaus is imported", self.import_directory)

    async def import_directory(self) -> None:
        """A preview first: it names every bad row and writes nothing."""
        file = b64encode(workbook()).decode()
        importer = self._world.people.client("importer", "P01")
        for dry_run in (True, False):
            payload = await importer.do(
                IMPORT_DIRECTORY,
                input={"clientMutationId": f"load-{dry_run}", "file": file, "dryRun": dry_run},
            )
            report = payload["report"]
            word = "preview" if dry_run else "import"
            self._world.expect.equal(f"directory.{word}", f"{word} of the workbook", [], report["problems"])
        self._world.expect.equal(
            "directory.applied", "the workbook is applied whole", True, report["applied"]
        )
