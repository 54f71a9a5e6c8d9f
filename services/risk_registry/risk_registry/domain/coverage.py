"""What is not covered: powers (S1-060), clauses without a node (S2-032), general controls (S2-054), prior checks that went
without a successor (S1-108), processes and powers that nothing is taught about (S1-026)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from risk_registry.domain.alerts import AlertPhase
from risk_registry.domain.catalogue import Control, EducationUnit, GeneralControl, Power, Regulation


@dataclass(frozen=True)
class Coverage:
    """Counts and what is missing; 100 % is the aim."""

    powers: int
    bare_powers: tuple[str, ...]
    clauses: int
    bare_clauses: tuple[str, ...]
    general: Mapping[GeneralControl, tuple[str, ...]]
    """Each of the five with the regulations in force that are it: empty is a gap, a title without a text is none."""

    @property
    def powers_percent(self) -> int:
        """Powers with at least one active control, in whole percent, rounded down."""
        return _percent(self.powers, len(self.bare_powers))

    @property
    def clauses_percent(self) -> int:
        """Clauses carried out at a node, in whole percent, rounded down."""
        return _percent(self.clauses, len(self.bare_clauses))


def coverage(
    powers: Mapping[str, Power], regulations: Mapping[str, Regulation], controls: Iterable[Control]
) -> Coverage:
    """A power is covered by name or at its step; a clause by a control that cites it and acts at a node."""
    active = list(controls)
    named = {power for control in active for power in control.powers}
    nodes = {(node.process, node.step) for control in active for node in control.nodes}
    cited = {control.basis for control in active if control.nodes}
    clauses = [
        f"{code}#{clause.number}"
        for code, regulation in regulations.items()
        for clause in regulation.clauses
        if clause.control_node
    ]
    return Coverage(
        powers=len(powers),
        bare_powers=tuple(
            code
            for code, power in powers.items()
            if code not in named and (power.process, power.step) not in nodes
        ),
        clauses=len(clauses),
        bare_clauses=tuple(clause for clause in clauses if clause not in cited),
        general={
            each: tuple(
                code
                for code, regulation in regulations.items()
                if regulation.general is each and not regulation.placeholder
            )
            for each in GeneralControl
        },
    )


@dataclass(frozen=True)
class Taught:
    """Processes and powers, and those of them that no unit of education is about."""

    processes: int
    bare_processes: tuple[str, ...]
    powers: int
    bare_powers: tuple[str, ...]

    @property
    def percent(self) -> int:
        """Of both together, in whole percent, rounded down; 100 is the rule."""
        return _percent(self.processes + self.powers, len(self.bare_processes) + len(self.bare_powers))


def taught(processes: Iterable[str], powers: Iterable[str], units: Iterable[EducationUnit]) -> Taught:
    """税務權力行使在哪里，廉政風險防范教育就滲透到哪里 (S1-026): what is not taught is named."""
    known, entitled, given = sorted(set(processes)), sorted(set(powers)), list(units)
    about = {process for unit in given for process in unit.processes}
    learnt = {power for unit in given for power in unit.powers}
    return Taught(
        processes=len(known),
        bare_processes=tuple(each for each in known if each not in about),
        powers=len(entitled),
        bare_powers=tuple(each for each in entitled if each not in learnt),
    )


def unreplaced(
    process: str, removed: Iterable[str], kept: Iterable[str], controls: Mapping[str, Control]
) -> list[str]:
    """Prior checks on removed steps, unless a control while or after the act stands on a step that stays."""
    gone, stays = set(removed), set(kept)
    later = any(
        control.phase is not AlertPhase.EX_ANTE
        and any(node.process == process and node.step in stays for node in control.nodes)
        for control in controls.values()
    )
    return [
        code
        for code, control in controls.items()
        if control.phase is AlertPhase.EX_ANTE
        and not later
        and any(node.process == process and node.step in gone for node in control.nodes)
    ]


def _percent(whole: int, missing: int) -> int:
    return 100 if not whole else (whole - missing) * 100 // whole
