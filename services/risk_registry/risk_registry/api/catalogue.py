"""Catalogues, entries, coverage and tests of controls over GraphQL."""

from datetime import date, datetime
from typing import Any, cast

import strawberry
from plumbline_shared.graphql import Info, UserError, run
from strawberry.scalars import JSON

from risk_registry.api import loaders
from risk_registry.api.references import Person, person
from risk_registry.api.rule_enums import ControlAspect, DeficiencyType, EntryKind, GeneralControl
from risk_registry.domain import catalogue as domain
from risk_registry.domain.conduct import without_controls
from risk_registry.domain.control_tests import ControlTest as Tested
from risk_registry.domain.coverage import coverage, taught
from risk_registry.policies import POLICY, entry_resource, finding_resource
from risk_registry.storage.catalogue import bodies_on, catalogue_entries, catalogues, entries_on
from risk_registry.storage.control_tests import control_tests
from risk_registry.storage.processes import versions_on
from risk_registry.use_cases import keep_catalogue as keeping
from risk_registry.use_cases.check_control import CheckControl, check_control
from risk_registry.use_cases.propose_points import ProposePoints, propose_points


@strawberry.type(
    description="An entry as it counts; `body` is what its kind says, posts named inside the bureau."
)
class CatalogueEntry:
    kind: EntryKind
    code: str
    title: str
    title_en: str
    urn: str = strawberry.field(description="Empty for an entry of the bureau's own.")
    version: str
    local: bool = strawberry.field(description="The bureau says it differently from its catalogue.")
    body: JSON

    @classmethod
    def of(cls, entry: domain.Entry) -> "CatalogueEntry":
        return cls(
            kind=entry.kind,
            code=entry.code,
            title=entry.body.title_zh,
            title_en=entry.body.title_en,
            urn=entry.urn,
            version=entry.version,
            local=entry.local,
            body=cast(JSON, domain.plain(entry.body)),
        )


@strawberry.type(description="A named version of a catalogue; every bureau may use it.")
class Catalogue:
    urn: str
    version: str
    title: str
    title_en: str
    source: str
    digest: str = strawberry.field(description="SHA-256 of all that it says.")

    @strawberry.field
    async def entries(self, info: Info, kind: EntryKind | None = None) -> list[CatalogueEntry]:
        async with info.context.read() as conn:
            found = await catalogue_entries(conn, self.urn, self.version)
        return [CatalogueEntry.of(each) for each in found if kind in (None, each.kind)]


@strawberry.type(description="One of the five general controls, with the regulations that are it (S2-054).")
class GeneralControlCoverage:
    control: GeneralControl
    regulations: list[str] = strawberry.field(description="Codes of those in force; empty is a gap.")


@strawberry.type(description="What is taught about processes and powers: each has a unit at least (S1-026).")
class RegisterEducation:
    processes: int
    bare_processes: list[str]
    powers: int
    bare_powers: list[str]
    percent: int


@strawberry.type(description="What no control covers (S1-060, S2-032).")
class ControlCoverage:
    powers: int
    bare_powers: list[str]
    powers_percent: int
    clauses: int
    bare_clauses: list[str]
    clauses_percent: int
    general_controls: list[GeneralControlCoverage]


@strawberry.type(description="One test of the design or the operation of a control (S2-050, S2-052).")
class ControlTest:
    id: strawberry.ID
    control: str
    aspect: ControlAspect
    effective: bool
    deficiency: DeficiencyType | None
    evidence: str
    tested_by: Person
    tested_at: datetime

    @classmethod
    def of(cls, test: Tested) -> "ControlTest":
        return cls(
            id=strawberry.ID(test.id),
            control=test.control,
            aspect=test.aspect,
            effective=test.deficiency is None,
            deficiency=test.deficiency,
            evidence=test.evidence,
            tested_by=person(test.tested_by),
            tested_at=test.tested_at,
        )


@strawberry.input(
    description="district, hanzhong, hall, published, regulations, conduct, alert-rules or powers."
)
class LoadCataloguePackInput:
    client_mutation_id: str
    name: str


@strawberry.input
class AdoptCatalogueInput:
    client_mutation_id: str
    urn: str
    version: str
    effective_from: date


@strawberry.input(description="`urn:plumbline:<name>`")
class ExportTemplateInput:
    client_mutation_id: str
    urn: str
    version: str
    title: str


@strawberry.input
class ProposeCataloguePointsInput:
    client_mutation_id: str
    urn: str


@strawberry.input
class TestControlInput:
    client_mutation_id: str
    control: str
    aspect: ControlAspect
    evidence: str
    deficiency: DeficiencyType | None = None


@strawberry.type
class CataloguePayload:
    id: str | None
    entries: int
    user_errors: list[UserError]


@strawberry.type
class TestControlPayload:
    test_id: strawberry.ID | None
    user_errors: list[UserError]


async def entries(info: Info, kind: EntryKind, as_of: date | None) -> list[CatalogueEntry]:
    """As the reader; entries of a guarded kind only for those who oversee (C-10)."""
    bureau = loaders.bureau_of(info.context)
    on = loaders.day_of(info.context, as_of)
    who = await loaders.reader_on(info.context, on)
    async with info.context.runtime.db.read(who) as conn:
        found = await entries_on(conn, bureau, on, [kind])
    allowed = POLICY.decide(who, "read", [entry_resource(bureau, each.kind, each.code) for each in found])
    if not POLICY.allows(who, "read", entry_resource(bureau, EntryKind.CONTROL, "")):
        found = [without_controls(each) for each in found]
    return [CatalogueEntry.of(each) for each, yes in zip(found, allowed, strict=True) if yes]


async def covered(info: Info, as_of: date | None) -> ControlCoverage:
    """For those who may know where the bureau is weak. Raises NotFound for others."""
    bureau = loaders.bureau_of(info.context)
    on = loaders.day_of(info.context, as_of)
    who = await loaders.reader_on(info.context, on)
    POLICY.require(who, "read", finding_resource("coverage", bureau))
    async with info.context.runtime.db.read(who) as conn:
        powers = dict(await bodies_on(conn, bureau, on, EntryKind.POWER))
        rules = dict(await bodies_on(conn, bureau, on, EntryKind.REGULATION))
        controls = [body for _code, body in await bodies_on(conn, bureau, on, EntryKind.CONTROL)]
    active = {code: rule for code, rule in rules.items() if rule.in_force(on)}
    found = coverage(powers, active, controls)
    return ControlCoverage(
        powers=found.powers,
        bare_powers=list(found.bare_powers),
        powers_percent=found.powers_percent,
        clauses=found.clauses,
        bare_clauses=list(found.bare_clauses),
        clauses_percent=found.clauses_percent,
        general_controls=[
            GeneralControlCoverage(control=control, regulations=list(codes))
            for control, codes in found.general.items()
        ],
    )


async def education(info: Info, as_of: date | None) -> RegisterEducation:
    """Processes, powers and units of education are for everybody in the bureau, and so is what is missing."""
    bureau = loaders.bureau_of(info.context)
    on = loaders.day_of(info.context, as_of)
    who = await loaders.reader_on(info.context, on)
    async with info.context.runtime.db.read(who) as conn:
        processes = [code for code, _graph in await bodies_on(conn, bureau, on, EntryKind.PROCESS)]
        processes += [each.process for each in await versions_on(conn, bureau, on)]
        powers = [code for code, _power in await bodies_on(conn, bureau, on, EntryKind.POWER)]
        units = [body for _code, body in await bodies_on(conn, bureau, on, EntryKind.EDUCATION_UNIT)]
    found = taught(processes, powers, units)
    return RegisterEducation(
        processes=found.processes,
        bare_processes=list(found.bare_processes),
        powers=found.powers,
        bare_powers=list(found.bare_powers),
        percent=found.percent,
    )


async def tests(info: Info, control: str | None) -> list[ControlTest]:
    """Tests that the reader may see."""
    bureau = loaders.bureau_of(info.context)
    who = await loaders.reader_on(info.context, info.context.today)
    async with info.context.runtime.db.read(who) as conn:
        found = await control_tests(conn, bureau, control)
    allowed = POLICY.decide(who, "read", [finding_resource(each.id, bureau) for each in found])
    return [ControlTest.of(each) for each, yes in zip(found, allowed, strict=True) if yes]


@strawberry.type
class CatalogueQuery:
    @strawberry.field(description="Every catalogue that is loaded, with its versions.")
    async def catalogues(self, info: Info) -> list[Catalogue]:
        loaders.bureau_of(info.context)
        async with info.context.read() as conn:
            found = await catalogues(conn)
        return [
            Catalogue(
                urn=each.urn, version=each.version, title=each.title_zh, title_en=each.title_en, source=each.source,
                digest=digest,
            )
            for each, digest in found
        ]  # fmt: skip

    @strawberry.field(description="What the bureau's catalogue says on a day: its own word first.")
    async def catalogue_entries(
        self, info: Info, kind: EntryKind, as_of: date | None = None
    ) -> list[CatalogueEntry]:
        return await entries(info, kind, as_of)

    @strawberry.field(description="Powers without a control, clauses without a node.")
    async def control_coverage(self, info: Info, as_of: date | None = None) -> ControlCoverage:
        return await covered(info, as_of)

    @strawberry.field(description="Processes and powers that no unit of education is about.")
    async def register_education(self, info: Info, as_of: date | None = None) -> RegisterEducation:
        return await education(info, as_of)

    @strawberry.field(description="Tests of controls, oldest first.")
    async def control_tests(self, info: Info, control: str | None = None) -> list[ControlTest]:
        return await tests(info, control)


@strawberry.type
class CatalogueMutation:
    @strawberry.mutation(description="Load a pack that ships: all of it or nothing; twice is once.")
    async def load_catalogue_pack(self, info: Info, input: LoadCataloguePackInput) -> CataloguePayload:
        return await _kept(info, keeping.load_pack, keeping.LoadPack(input.name), input.client_mutation_id)

    @strawberry.mutation(description="Use a version of a catalogue from a day on.")
    async def adopt_catalogue(self, info: Info, input: AdoptCatalogueInput) -> CataloguePayload:
        command = keeping.AdoptCatalogue(input.urn, input.version, input.effective_from)
        return await _kept(info, keeping.adopt_catalogue, command, input.client_mutation_id)

    @strawberry.mutation(description="What the bureau has as a catalogue for the next bureau (S1-006).")
    async def export_template(self, info: Info, input: ExportTemplateInput) -> CataloguePayload:
        command = keeping.ExportTemplate(input.urn, input.version, input.title)
        return await _kept(info, keeping.export_template, command, input.client_mutation_id)

    @strawberry.mutation(description="Take the points of a catalogue in use as proposals.")
    async def propose_catalogue_points(
        self, info: Info, input: ProposeCataloguePointsInput
    ) -> CataloguePayload:
        done, errors = await run(info, propose_points, ProposePoints(input.urn), input.client_mutation_id)
        return CataloguePayload(
            id=input.urn if done else None, entries=done.created if done else 0, user_errors=errors
        )

    @strawberry.mutation(description="Design and operation are tested apart.")
    async def test_control(self, info: Info, input: TestControlInput) -> TestControlPayload:
        command = CheckControl(input.control, input.aspect, input.evidence, input.deficiency)
        done, errors = await run(info, check_control, command, input.client_mutation_id)
        return TestControlPayload(test_id=strawberry.ID(done.test_id) if done else None, user_errors=errors)


async def _kept(info: Info, use_case: Any, command: Any, key: str) -> CataloguePayload:
    done, errors = await run(info, use_case, command, key)
    return CataloguePayload(
        id=done.id if done else None, entries=done.entries if done else 0, user_errors=errors
    )
