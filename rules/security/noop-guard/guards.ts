import { type FunctionNode, ts } from '#api';
import { isStandIn } from '../../_shared/auth/standIns.ts';
import { isDevelopmentOnly } from '../../_shared/developmentBranch.ts';
import { hasModifier } from '../../_shared/modifiers.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { handlerOf } from '../../_shared/web/handlerRoles.ts';
import { isGuardName, isPolicyName } from './guardNames.ts';
import { guardIn, type Open, openPaths } from './paths.ts';
import { isOneOfSeveral, isReplaceable } from './surroundings.ts';

/** A function that is named for deciding and lets everybody through. */
export interface NoopGuard {
  readonly name: string;
  /** As it is called, possibly the maker of the guard. */
  readonly fn: FunctionNode;
  readonly guard: FunctionNode;
  readonly open: Open;
}

/** Reads a function with what is inside it; where it stands is judged by {@link mayStayOpen}. */
export function noopGuard(fn: FunctionNode, name: string): NoopGuard | undefined {
  const isGuard = isGuardName(name);
  if (fn.body === undefined || (!isGuard && !isPolicyName(name))) return undefined;
  const guard = guardIn(fn);
  const open = openPaths(guard);
  if (open === undefined) return undefined;
  if (open.by === 'handsOn') return isGuard ? { name, fn, guard, open } : undefined;
  if (open.by === 'grants') {
    // A question that takes nothing may be answered by what it is asked of.
    const answers = name === 'canActivate' || (isPolicyName(name) && guard.parameters.length > 0);
    return answers ? { name, fn, guard, open } : undefined;
  }
  return isGuard && isHook(guard) ? { name, fn, guard, open } : undefined;
}

/** `async (request, reply) => {}`: hooks of Fastify let pass what they do not answer. */
function isHook(fn: FunctionNode): boolean {
  if (!hasModifier(fn, ts.SyntaxKind.AsyncKeyword)) return false;
  return fn.parameters.length === 2 && /reply$/i.test(fn.parameters[1]?.name.getText() ?? '');
}

/** Whether what stands around says that nobody is meant to be kept out: stand-ins, development, what others replace. */
export function mayStayOpen({ fn, guard, name, open }: NoopGuard, source: SourceView): boolean {
  // `isAdmin` is the guard's own name; what stands around it may be named for standing in.
  const holder = ts.isVariableDeclaration(fn.parent) ? fn.parent : fn;
  if (isStandIn(holder, source.header.localPath) || isDevelopmentOnly(fn)) return true;
  if (isReplaceable(fn) || isOneOfSeveral(fn)) return true;
  const owner = ts.findAncestor(fn, ts.isClassLike);
  if (owner !== undefined) {
    if (hasModifier(owner, ts.SyntaxKind.AbstractKeyword)) return true;
    if (name === 'canActivate') return !isGuardClass(owner);
    if (open.by === 'grants' && owner.heritageClauses !== undefined) return true;
  }
  const { parent } = fn;
  if (ts.isVariableDeclaration(parent)) {
    const isConstant = (ts.getCombinedNodeFlags(parent) & ts.NodeFlags.Const) !== 0;
    if (!isConstant) return true;
  }
  return open.by === 'handsOn' && handlerOf(guard, source)?.parameters.next === undefined;
}

/** `class RolesGuard implements CanActivate`. */
function isGuardClass(owner: ts.ClassLikeDeclaration): boolean {
  return (
    /Guard$/.test(owner.name?.text ?? '') ||
    owner.heritageClauses?.some(({ types }) =>
      types.some(({ expression }) => expression.getText() === 'CanActivate'),
    ) === true
  );
}

/** How people speak of a guard: by its class where it is one of Nest. */
export const nameOfGuard = ({ fn, name }: NoopGuard): string => {
  const owner = name === 'canActivate' ? ts.findAncestor(fn, ts.isClassLike)?.name?.text : undefined;
  return owner ?? name;
};
