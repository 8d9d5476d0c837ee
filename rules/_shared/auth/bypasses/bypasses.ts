import { ts } from '#api';
import type { SourceView } from '../../sourceView.ts';
import { type Holder, isLogical } from './holders.ts';
import { skipCondition } from './limiterSkip.ts';
import { opensByChoice } from './openingChoice.ts';
import { opensByIf } from './openingIf.ts';
import { opensByLogic } from './openingLogic.ts';
import { refusedInProduction } from './refusedInProduction.ts';
import { hasSecretBeside } from './secretBeside.ts';
import { isOutOfProduction } from './surroundings.ts';
import { type Switch, switchesIn } from './switches.ts';

/** A switch that lets code past a check of access, and the condition it is part of. */
export interface Bypass extends Switch {
  readonly holder: Holder;
}

/** All bypasses of a file. */
export function* bypasses(holders: readonly Holder[], source: SourceView): Generator<Bypass> {
  const decided = holders
    .map((holder) => ({ holder, switches: switchesOf(holder, source) }))
    .filter(({ switches }) => switches.length > 0);
  const refused = refusedInProduction(
    decided.map(({ holder }) => holder),
    source,
  );
  const seen = new Set<ts.Node>();
  for (const { holder, switches } of decided) {
    for (const one of switches) {
      if (refused.has(one.name)) continue;
      const isStaged = one.kind === 'bypass' && isOutOfProduction(holder, source);
      const found: Switch = isStaged ? { ...one, kind: 'stage' } : one;
      if (!opensAccess(holder, found, source)) continue;
      const bypass = whereItIsDecided({ ...found, holder });
      if (!seen.has(bypass.node)) yield bypass;
      seen.add(bypass.node);
    }
  }
}

/** A name for more than the switch stays as it is: the switch is a bypass where it is part of what the name stands for. */
function whereItIsDecided(bypass: Bypass): Bypass {
  const { part, kind } = bypass;
  return part === undefined ? bypass : { ...part.one, kind, holder: part.holder };
}

function switchesOf(holder: Holder, source: SourceView): readonly Switch[] {
  if (ts.isIfStatement(holder)) return unrestricted(holder.expression, source);
  if (ts.isConditionalExpression(holder)) return unrestricted(holder.condition, source);
  if (ts.isPropertyAssignment(holder)) return switchesIn(skipCondition(holder) ?? holder.initializer, source);
  return isPartOfCondition(holder) ? [] : unrestricted(holder, source);
}

/** A chain of one operator is judged as a whole, and a condition with what it decides. */
function isPartOfCondition(node: ts.BinaryExpression): boolean {
  let at: ts.Node = node;
  while (ts.isParenthesizedExpression(at.parent)) at = at.parent;
  if (ts.isBinaryExpression(at.parent) && at.parent.operatorToken.kind === node.operatorToken.kind) return true;
  while (ts.isParenthesizedExpression(at.parent) || ts.isPrefixUnaryExpression(at.parent) || isLogical(at.parent)) {
    at = at.parent;
  }
  const { parent } = at;
  return ts.isIfStatement(parent) || (ts.isConditionalExpression(parent) && parent.condition === at);
}

/** Switches without those that work only beside a secret: what still checks something is no bypass. */
function unrestricted(condition: ts.Expression, source: SourceView): readonly Switch[] {
  return switchesIn(condition, source).filter(({ node, outcome }) => !outcome || !hasSecretBeside(node, condition));
}

function opensAccess(holder: Holder, one: Switch, source: SourceView): boolean {
  if (ts.isIfStatement(holder)) return opensByIf(holder, one, source);
  if (ts.isConditionalExpression(holder)) {
    const [taken, avoided] = one.outcome ? [holder.whenTrue, holder.whenFalse] : [holder.whenFalse, holder.whenTrue];
    return opensByChoice(taken, avoided, one.kind);
  }
  if (ts.isPropertyAssignment(holder))
    return one.kind === 'bypass' && one.outcome && skipCondition(holder) !== undefined;
  return opensByLogic(holder, one, source);
}
