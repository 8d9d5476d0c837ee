import { ts } from '#api';
import type { SourceView } from '../../sourceView.ts';
import type { Holder } from './holders.ts';
import { closes } from './refusals.ts';
import { asksForStage } from './surroundings.ts';
import { switchesIn } from './switches.ts';

/** Names of flags that the file refuses to start or go on with in production, judging by its conditions on switches. */
export function refusedInProduction(holders: Iterable<Holder>, source: SourceView): ReadonlySet<string> {
  const names = new Set<string>();
  for (const holder of holders) {
    if (!ts.isIfStatement(holder)) continue;
    const bypassing = switchesIn(holder.expression, source).filter(({ kind, outcome }) => kind === 'bypass' && outcome);
    if (bypassing.length === 0 || !closes([holder.thenStatement])) continue;
    const inProduction = asksForStage(holder.expression, false, source) || isInProduction(holder, source);
    if (inProduction) for (const { name } of bypassing) names.add(name);
  }
  return names;
}

function isInProduction(node: ts.Node, source: SourceView): boolean {
  for (let at = node; at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (!ts.isIfStatement(parent) || at === parent.expression) continue;
    if (asksForStage(parent.expression, at !== parent.thenStatement, source)) return true;
  }
  return false;
}
