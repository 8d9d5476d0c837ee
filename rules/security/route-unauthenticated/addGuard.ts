import { type Finding, type FixContext, type FixEdit, type FixSource, ts } from '#api';
import { indentAt, lineEnd } from '../../_shared/layout.ts';

/** Label of the other open routes of a finding. */
export const OPEN_TOO = 'Nothing that authenticates runs for this route either.';

/**
 * Registers the guard of the project's other routes for all that a finding names, where each stands in a file that has the
 * guard already: `undefined` otherwise.
 */
export function addGuard(ctx: FixContext<unknown>, finding: Finding): readonly FixEdit[] | undefined {
  const guard = String(finding.data['guard']);
  if (!/^[A-Za-z_$][\w$]*$/.test(guard)) return undefined;
  const places = [
    { path: ctx.path, start: finding.start, end: finding.end },
    ...finding.related.flatMap(({ path, span, label }) => (label === OPEN_TOO ? [{ path, ...span }] : [])),
  ];
  const edits: FixEdit[] = [];
  for (const { path, start, end } of places) {
    const source = path === ctx.path ? ctx : ctx.source(path);
    if (source === undefined || !source.header.topLevel.has(guard)) return undefined;
    const edit = ts.forEachChild(source.file, function find(node): FixEdit | undefined {
      if (node.end < start || node.pos > end) return undefined;
      return guardCall(node, start, end, guard, source) ?? ts.forEachChild(node, find);
    });
    if (edit === undefined) return undefined;
    edits.push(edit);
  }
  return edits;
}

/** The edit for a registration or method at a place; `undefined` for any other node. */
function guardCall(
  node: ts.Node,
  start: number,
  end: number,
  guard: string,
  { path, text, file, header }: FixSource,
): FixEdit | undefined {
  if (ts.isMethodDeclaration(node) && node.name.getStart(file) === start) {
    if (!header.topLevel.has('UseGuards')) return undefined;
    const at = node.getStart(file);
    return { path, start: at, end: at, newText: `@UseGuards(${guard})${lineEnd(text)}${indentAt(text, at)}` };
  }
  if (!ts.isCallExpression(node) || node.expression.end !== end || node.arguments.length < 2) return undefined;
  const [first] = node.arguments;
  // The guard is used as it is elsewhere: a factory would have to be called.
  const used = new RegExp(`[,[(]\\s*${guard.replaceAll('$', '\\$')}\\s*[,\\])]`).test(text);
  if (first === undefined || !ts.isStringLiteralLike(first) || !used) return undefined;
  return { path, start: first.end, end: first.end, newText: `, ${guard}` };
}
