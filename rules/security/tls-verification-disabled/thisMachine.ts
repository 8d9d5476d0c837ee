import { ts } from '#api';
import type { Lookup } from '../../_shared/sourceView.ts';
import { hasLocalOptions, isLocal } from '../../_shared/web/localTarget.ts';

/** Probes of containers ask the service beside them. */
const PROBE = /(?:^|\/)(?:bin|docker|scripts?|src)\/health-?check\.[cm]?[jt]s$/i;

/** Whether a file is what a container runs to ask itself whether it still answers. */
export function isProbe(localPath: string): boolean {
  return PROBE.test(localPath);
}

/** Whether the connection goes to this machine, by the options around a setting or by the address given beside them. */
export function staysHere(setting: ts.Node, lookup: Lookup): boolean {
  let inner = setting;
  for (let { parent } = setting; parent !== undefined; parent = parent.parent) {
    if (ts.isObjectLiteralExpression(parent)) {
      if (hasLocalOptions(parent, lookup)) return true;
    } else if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
      return parent.expression !== inner && isLocal(parent.arguments?.[0], lookup);
    } else if (!carries(parent)) return false;
    inner = parent;
  }
  return false;
}

/** Stands between an object of options and the object or call that takes it. */
function carries(node: ts.Node): boolean {
  return (
    ts.isPropertyAssignment(node) ||
    ts.isSpreadAssignment(node) ||
    ts.isParenthesizedExpression(node) ||
    ts.isConditionalExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node)
  );
}
