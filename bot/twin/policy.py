"""A lender's policy for a town that asks what would be if it were stricter."""

from bot.settings import Settings

_NAME = "policy-what-if"
_PACK = """\
pack: {name}
version: 1
title: What if there were more notice
parent: policy-default
effective_from: 2026-01-01
reviewed_by: ""
rules:
  - id: what-if-notice
    title: So long lies between the notice and the visit
    kind: minimum_notice
    value: {{hours: {hours}}}
    citation: "a question"
    force: policy
    evidence: lender
    confidence: H
    status: verified
    actions: [visit_slot]
"""


def with_notice(settings: Settings, hours: int) -> Settings:
    """Return the settings with so many hours at the least from notice to visit; writes the pack that says so."""
    place = settings.own_packs / _NAME
    place.mkdir(parents=True)
    (place / "v1.yaml").write_text(_PACK.format(name=_NAME, hours=hours), "utf-8")
    return settings.model_copy(update={"rule_pack": _NAME})
