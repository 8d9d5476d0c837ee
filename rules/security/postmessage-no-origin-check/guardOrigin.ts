import { type FixContext, type FixEdit, ts } from '#api';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { indentAt, indentUnit, lineEnd } from '../../_shared/layout.ts';

/** Leaves the handler at once when the message comes from another origin than the page's own. */
export function guardOrigin(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const parameter = ctx.node(ts.isParameter);
  const fn = parameter?.parent;
  if (parameter === undefined || fn === undefined || !isFunctionWithBody(fn) || fn.body === undefined) return undefined;
  const named = originOf(parameter.name, ctx);
  if (named === undefined) return undefined;
  const semicolon = /;[ \t]*(?:\/[/*].*)?$/m.test(ctx.text) ? ';' : '';
  const check = `if (${named.origin} !== window.location.origin) return${semicolon}`;
  const eol = lineEnd(ctx.text);
  const outer = indentAt(ctx.text, fn.getStart(ctx.file));
  const inner = outer + indentUnit(ctx.text);
  const { body } = fn;
  if (!ts.isBlock(body)) {
    const text = `{${eol}${inner}${check}${eol}${inner}${body.getText()}${semicolon}${eol}${outer}}`;
    return [...named.edits, ctx.replace(body, text)];
  }
  const [first] = body.statements;
  const start = body.getStart(ctx.file) + 1;
  const isOneLine = first !== undefined && !ctx.text.slice(start, first.getStart(ctx.file)).includes('\n');
  return [...named.edits, ctx.insert(start, isOneLine ? ` ${check}` : `${eol}${inner}${check}`)];
}

/** How the origin is read, and what has to be added to a pattern for it. */
function originOf(
  name: ts.BindingName,
  ctx: FixContext<unknown>,
): { readonly origin: string; readonly edits: readonly FixEdit[] } | undefined {
  if (ts.isIdentifier(name)) return { origin: `${name.text}.origin`, edits: [] };
  const last = name.elements.at(-1);
  if (!ts.isObjectBindingPattern(name) || last === undefined) return undefined;
  return { origin: 'origin', edits: [ctx.insert(last.end, ', origin')] };
}
