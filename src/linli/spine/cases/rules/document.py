"""The reference of steps and actions, made from the procedure table as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from linli.ground.people.rules import PERMISSIONS
from linli.ground.people.terms import ROLE_LABELS, Action, Role
from linli.spine.cases.rules.clocks import DEFAULT_LIMITS, STEP_CLOCKS
from linli.spine.cases.rules.procedure import ACTIONS, BOND_LABELS, Bond
from linli.spine.cases.rules.procedure import Action as CaseAction
from linli.spine.cases.terms import CLOCK_LABELS, ENDS, NEED_LABELS, STEP_LABELS, Step

_HEAD = """# Steps and actions of a case

Made from `src/linli/spine/cases/rules/procedure.py` by `./linli check --write`; edits are lost.
Every action needs the right in the place of the case; the bond is what else it needs.
"""


def document() -> str:
    """Give the whole page."""
    parts = (_HEAD, "## Diagram\n", diagram(), "## Steps\n", *_steps(), "\n## Actions\n")
    return "\n".join((*parts, *_actions())) + "\n"


def diagram() -> str:
    """Draw the steps and the actions between them as a Mermaid state diagram."""
    return "\n".join(("```mermaid", "stateDiagram-v2", *_arrows(), "```", ""))


def _arrows() -> Iterator[str]:
    for step in Step:
        yield f"    {step.value}: {STEP_LABELS[step]}"
    yield f"    [*] --> {Step.VERIFYING.value}: 公众上报"
    yield f"    [*] --> {Step.FILING.value}: 巡查发现、咨询等"
    for action in ACTIONS.values():
        for source, target in action.paths.items():
            if source is not target:
                yield f"    {source.value} --> {target.value}: {action.label}"
    yield from (f"    {step.value} --> [*]" for step in Step if step in ENDS)


def _steps() -> Iterator[str]:
    yield "| step | name | clock | default limit |"
    yield "|---|---|---|---|"
    for step in Step:
        clock = STEP_CLOCKS.get(step)
        limit = DEFAULT_LIMITS[clock] if clock else None
        told = f"{limit.amount} {limit.unit.value}" if limit else ""
        label = CLOCK_LABELS[clock] if clock else "end" if step in ENDS else "rests"
        yield f"| `{step.value}` | {STEP_LABELS[step]} | {label} | {told} |"


def _actions() -> Iterator[str]:
    yield "| action | name | from → to | who | bond | must give | may give | event |"
    yield "|---|---|---|---|---|---|---|---|"
    for action in ACTIONS.values():
        cells = (
            f"`{action.name.value}`",
            action.label,
            _paths(action),
            _roles(action.right),
            BOND_LABELS[action.bond] if action.bond is not Bond.NONE else "",
            "、".join(NEED_LABELS[need] for need in action.needs),
            "、".join(NEED_LABELS[need] for need in action.takes),
            f"`{action.event.__name__}`",
        )
        yield f"| {' | '.join(cells)} |"


def _paths(action: CaseAction) -> str:
    if not action.moves:
        steps = "、".join(STEP_LABELS[step] for step in action.paths)
        return f"{steps} (stays)" if len(action.paths) < len(Step) else "any (stays)"
    targets = dict.fromkeys(action.paths.values())
    return "; ".join(
        "、".join(STEP_LABELS[source] for source, to in action.paths.items() if to is target)
        + f" → {STEP_LABELS[target]}"
        for target in targets
    )


def _roles(right: Action) -> str:
    """List the roles with a right; residents hold it over what they reported themselves."""
    return "、".join(ROLE_LABELS[role] for role in Role if right in PERMISSIONS[role])
