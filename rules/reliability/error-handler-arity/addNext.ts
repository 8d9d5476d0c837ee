import { type Finding, type FixContext, type FunctionNode, type TextEdit, ts } from '#api';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { mentionsName } from '../../_shared/mentions.ts';
import { type BoundName, bindImport, importEdits } from '../../_shared/namedImport.ts';
import { typeReference } from '../../_shared/typeReference.ts';

const TYPES = ['Error', 'Request', 'Response'] as const;

/**
 * Adds `_next` behind the response. In TypeScript it gets a type, and so do parameters that had theirs from the place of a
 * function with three parameters: one with four gets none there.
 */
export function addNext(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const fn = functionWithParameters(ctx.file, finding);
  const response = fn?.parameters[2];
  if (fn === undefined || response === undefined) return undefined;
  const name = mentionsName(fn, '_next') ? '_nextHandler' : '_next';
  const isTyped = /\.[cm]?tsx?$/.test(ctx.path) && !isDeclaredHandler(fn);
  if (!isTyped) return [ctx.insert(response.end, `, ${name}`)];

  const bound: BoundName[] = [];
  const bind = (type: string): string | undefined => {
    const found = bindImport(ctx, { module: 'express', name: type, isType: true });
    if (found !== undefined) bound.push(found);
    return found?.text;
  };
  const inserts = new Map<number, string>();
  for (const [index, { type, end }] of fn.parameters.entries()) {
    if (type !== undefined) continue;
    const wanted = TYPES[index] ?? 'Error';
    const text = wanted === 'Error' ? wanted : bind(wanted);
    if (text === undefined) return undefined;
    inserts.set(end, `: ${text}`);
  }
  const next = isOfExpress(response, ctx) ? bind('NextFunction') : undefined;
  inserts.set(response.end, `${inserts.get(response.end) ?? ''}, ${name}: ${next ?? 'unknown'}`);
  return [...importEdits(ctx, bound), ...[...inserts].map(([at, text]) => ctx.insert(at, text))];
}

function functionWithParameters(file: ts.SourceFile, { start, end }: Finding): FunctionNode | undefined {
  let found: FunctionNode | undefined;
  const visit = (node: ts.Node): void => {
    if (node.end < end || node.pos > start) return;
    if (isFunctionWithBody(node) && node.parameters[0]?.getStart() === start && node.parameters[2]?.end === end)
      found = node;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** `const handler: ErrorRequestHandler = …` says what all parameters are. */
function isDeclaredHandler({ parent }: FunctionNode): boolean {
  return ts.isVariableDeclaration(parent) && parent.type !== undefined;
}

function isOfExpress({ type }: ts.ParameterDeclaration, { header }: FixContext<unknown>): boolean {
  return type === undefined || typeReference(type, header)?.module === 'express';
}
