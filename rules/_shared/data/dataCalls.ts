import { ts, unwrap } from '#api';
import { memberAccess } from '../calls.ts';
import type { SourceView } from '../sourceView.ts';
import { withoutAwait } from '../withoutAwait.ts';
import { clientOf, MAX_STEPS } from './clients.ts';
import { isInstalled } from './clientTypes.ts';
import { step, targetText } from './leads.ts';
import { LIBRARIES } from './libraries/index.ts';
import type { DataCall, DataClient, Library } from './model.ts';
import { isFromPlace } from './shapes.ts';

type CallLike = DataCall['node'];

/** By syntax alone: names of methods that do something to data, for collectors to leave by. */
export const DATA_METHODS: ReadonlySet<string> = new Set(
  LIBRARIES.flatMap(({ roles }) => Object.values(roles).flatMap(({ calls }) => Object.keys(calls))),
);

/**
 * What a call, or the chain that it ends, does to stored data: `User.find().sort().lean()` is the read that `find` makes.
 * `undefined` for calls of anything else, and for what cannot be told.
 */
export function dataCall(expression: ts.Node, source: SourceView): DataCall | undefined {
  const known = callWith(expression, source, undefined, 0);
  if (known !== undefined) return known;
  let found: DataCall | undefined;
  for (const library of LIBRARIES) {
    if (library.shape === undefined || !isInstalled(library, source.header)) continue;
    const call = callWith(expression, source, library, 0);
    if (call === undefined || !isOwnUse(call, library, source)) continue;
    // Two libraries with calls that look alike: nobody can tell.
    if (found !== undefined && found.kind !== call.kind) return undefined;
    found = call;
  }
  return found;
}

function callWith(
  expression: ts.Node,
  source: SourceView,
  assumed: Library | undefined,
  steps: number,
): DataCall | undefined {
  if (steps > MAX_STEPS) return undefined;
  const node = withoutAwait(expression);
  if (!isCallLike(node)) return undefined;
  const callee = unwrap(ts.isCallExpression(node) ? node.expression : node.tag);
  const member = memberAccess(callee);
  if (member === undefined) return ts.isCallExpression(node) ? builtBy(node, source, assumed) : undefined;
  const value = clientOf(member.receiver, source, assumed);
  if (value === undefined) return callWith(member.receiver, source, assumed, steps + 1);
  const table = value.library.roles[value.role];
  const access = table !== undefined && Object.hasOwn(table.calls, member.name) ? table.calls[member.name] : undefined;
  if (access === undefined)
    return ts.isCallExpression(node) ? builder(node, step(value, member.name, node)) : undefined;
  const named = table?.named === true && ts.isCallExpression(node) ? targetText(node.arguments[0]) : undefined;
  return {
    node,
    kind: value.library.kind,
    access: value.access ?? access,
    method: member.name,
    target: named ?? value.target,
    root: value.root,
    role: value.role,
    certain: value.certain,
  };
}

function isCallLike(node: ts.Node): node is CallLike {
  return ts.isCallExpression(node) || ts.isTaggedTemplateExpression(node);
}

function builtBy(node: ts.CallExpression, source: SourceView, assumed: Library | undefined): DataCall | undefined {
  return builder(node, clientOf(node, source, assumed));
}

/** A builder that is run by being awaited is a call as a whole. */
function builder(node: ts.CallExpression, value: DataClient | undefined): DataCall | undefined {
  if (value === undefined || value.role !== 'builder') return undefined;
  if (Object.keys(value.library.roles.builder?.calls ?? {}).length > 0) return undefined;
  const access = value.access ?? 'read';
  const { library, target, root, certain } = value;
  return { node, kind: library.kind, access, method: methodOf(node), target, root, role: 'builder', certain };
}

function methodOf(node: ts.CallExpression): string {
  return memberAccess(unwrap(node.expression))?.name ?? '';
}

/** Whether a call of unknown origin has a method that is the library's own. */
function isOwnUse({ node, root, method, certain, role }: DataCall, library: Library, source: SourceView): boolean {
  if (certain) return true;
  const methods = library.shape?.methods;
  if (methods === undefined) return false;
  if (methods.has(method) || isFromPlace(root, library, source)) return true;
  return role === 'builder' && chainNames(node).some((name) => methods.has(name));
}

/** Names of all methods of a chain, the last first; empty text where the value itself is called with a text. */
function chainNames(node: ts.Node): readonly string[] {
  const names: string[] = [];
  let at = withoutAwait(node);
  while (names.length <= MAX_STEPS && ts.isCallExpression(at)) {
    const member = memberAccess(unwrap(at.expression));
    if (member === undefined) {
      const table = at.arguments[0];
      if (table !== undefined && ts.isStringLiteralLike(table) && names.length > 0) names.push('');
      break;
    }
    names.push(member.name);
    at = withoutAwait(member.receiver);
  }
  return names;
}
