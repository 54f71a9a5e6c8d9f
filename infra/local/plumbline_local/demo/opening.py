"""The bureau is loaded: its directory from a workbook, a published list, and its own register of 745 points."""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from risk_registry import district_register

from plumbline_local.demo.bureau import workbook
from plumbline_local.demo.cast import DATA
from plumbline_local.demo.world import Step, World, step

IMPORT_DIRECTORY = """
mutation ImportDirectory($input: ImportDirectoryInput!) {
  importDirectory(input: $input) {
    report { applied changes { kind added changed } problems { sheet row column message } }
    userErrors { code message path }
  }
}
"""
IMPORT_REGISTER = """
mutation ImportRegister($input: ImportRegisterInput!) {
  importRegister(input: $input) {
    register { origin created changed unchanged dissolved skipped { kind rows } }
    userErrors { code message path }
  }
}
"""
REGISTER = """
query Register($proposed: [RiskPointStatus!]) {
  viewer { person { name nameEn } }
  register: riskPoints(first: 1) {
    facets { size categories { category count } grades { grade count } cells { category grade count } }
  }
  published: riskPoints(first: 1, filter: {status: $proposed}) { facets { size ungraded } }
}
"""
PUBLISHED = {"seed_derived": 27, "sod_rule": 5}


class Opening:
    """From nothing to a bureau with its people and its register."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._expect = world.expect.equal

    def steps(self) -> Iterator[Step]:
        yield step("2026-03-02 08:00", "The directory of three bureaus is imported", self.import_directory)
        yield step("2026-03-02 08:10", "A published list of risk points is imported", self.import_published)
        yield step("2026-03-02 08:20", "A register with a wrong total is refused", self.refuse_wrong_total)
        yield step("2026-03-02 08:30", "The register of 745 points is imported", self.import_register)
        yield step("2026-03-02 08:40", "One query counts the register", self.count)

    async def import_directory(self) -> None:
        """A preview first: it names every bad row and writes nothing."""
        preview = await self._import_directory(dry_run=True)
        self._expect(
            "directory.preview", "the preview of the workbook finds no bad row", [], preview["problems"]
        )
        report = await self._import_directory(dry_run=False)
        self._expect("directory.import", "the workbook is applied whole", True, report["applied"])
        again = await self._import_directory(dry_run=False, key="again")
        self._expect("directory.again", "the same workbook again changes nothing", 0, changes(again))

    async def _import_directory(self, dry_run: bool, key: str = "first") -> Mapping[str, Any]:
        entry = {"clientMutationId": f"{key}-{dry_run}", "file": b64encode(workbook()).decode()}
        importer = self._world.people.client("importer", "P01")
        return (await importer.do(IMPORT_DIRECTORY, input={**entry, "dryRun": dry_run}))["report"]

    async def import_published(self) -> None:
        """Other authorities' points come in as proposals: none is in force before a review."""
        file = (DATA / "risk_points_published.csv").read_bytes()
        payload = await self._world.people("huang-zhen").do(
            IMPORT_REGISTER, input=register_input("published", "risk_points_published.csv", file)
        )
        done = payload["register"]
        self._expect("register.published", "published risk points taken over", 168, done["created"])
        skipped = {each["kind"]: each["rows"] for each in done["skipped"]}
        self._expect("register.published.skipped", "rows of other kinds, left out", PUBLISHED, skipped)

    async def refuse_wrong_total(self) -> None:
        file = district_register.as_csv().replace(b"#declared,size,,745", b"#declared,size,,746")
        codes = await self._world.people("huang-zhen").refused(
            IMPORT_REGISTER, input=register_input("wrong", "register.csv", file)
        )
        self._expect(
            "register.wrong-total", "a wrong total refuses the whole file", ["TOTALS_MISMATCH"], codes
        )

    async def import_register(self) -> None:
        payload = await self._world.people("huang-zhen").do(
            IMPORT_REGISTER, input=register_input("register", "register.csv", district_register.as_csv())
        )
        self._expect(
            "register.import", "points of the district's register", 745, payload["register"]["created"]
        )

    async def count(self) -> None:
        """Both marginals from one query through the gateway."""
        data = await self._world.people("huang-zhen").ask(REGISTER, proposed=["PROPOSED"])
        facets = data["register"]["facets"]
        categories, grades = by(facets["categories"], "category"), by(facets["grades"], "grade")
        self._expect("register.size", "size of the register", 745, facets["size"])
        expected = {"TAX_OPERATIONS": 413, "ADMINISTRATION": 248, "PARTY_AFFAIRS": 84}
        self._expect("register.categories", "points by category: 413/248/84", expected, categories)
        expected = {"LOW": 345, "MEDIUM": 253, "HIGH": 147}
        self._expect("register.grades", "points by grade: 345/253/147", expected, grades)
        viewer = data["viewer"]["person"]["nameEn"]
        self._expect("register.viewer", "the same query names its viewer", "Huang Zhen", viewer)


def register_input(key: str, name: str, content: bytes) -> Mapping[str, Any]:
    """The input of `importRegister`, in force from the first day of the demonstration."""
    file = {"name": name, "contentBase64": b64encode(content).decode()}
    return {"clientMutationId": f"register-{key}", "file": file, "effectiveFrom": "2026-03-02"}


def by(counts: Sequence[Mapping[str, Any]], name: str) -> dict[str, int]:
    """`[{grade, count}, …]` as a mapping."""
    return {str(each[name]): int(each["count"]) for each in counts}


def changes(report: Mapping[str, Any]) -> int:
    """How many rows an import added or changed."""
    return sum(each["added"] + each["changed"] for each in report["changes"])
