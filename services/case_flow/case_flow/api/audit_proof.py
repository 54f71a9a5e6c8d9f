"""The audit rows of a matter with their proof, to be kept and verified without us."""

from datetime import datetime

import strawberry
from plumbline_shared.audit.bundle import Bundle
from plumbline_shared.audit.entry import Entry
from plumbline_shared.graphql import Info

from case_flow.use_cases.prove_matter import prove_matter


@strawberry.type(description="One row of the audit log; what was erased is null.")
class AuditAct:
    seq: str = strawberry.field(description="Its place in the log.")
    at: datetime
    action: str
    object_type: str
    actor: str | None = strawberry.field(description="The person's id, or the kind of program that acted.")
    object_id: str | None
    detail: str | None = strawberry.field(description="JSON.")

    @classmethod
    def of(cls, entry: Entry) -> "AuditAct":
        opening = entry.opening
        return cls(
            seq=str(entry.seq),
            at=entry.at,
            action=entry.action,
            object_type=entry.object_type,
            actor=opening.actor if opening else None,
            object_id=opening.object_id if opening else None,
            detail=opening.detail if opening else None,
        )


@strawberry.type(description="Every act on a matter and its holds, each proven to be in the signed log.")
class AuditProof:
    acts: list[AuditAct]
    checkpoint: str = strawberry.field(description="The signed note that the proof leads to (C2SP).")
    text: str = strawberry.field(description="The file for `case-flow verify-proof`; keep it byte for byte.")
    waiting: int = strawberry.field(description="Acts of the last seconds that are under no checkpoint yet.")

    @classmethod
    def of(cls, made: Bundle) -> "AuditProof":
        acts = [AuditAct.of(one) for one in made.entries]
        return cls(acts=acts, checkpoint=made.note, text=made.text, waiting=made.waiting)


@strawberry.type
class AuditProofQuery:
    @strawberry.field(
        description="For whoever sees the matter, and for discipline and audit; null when it is not yours to see."
    )
    async def audit_proof(self, info: Info, matter_id: strawberry.ID) -> AuditProof | None:
        made = await prove_matter(info.context.runtime.db, info.context.principal, matter_id)
        return AuditProof.of(made) if made else None
