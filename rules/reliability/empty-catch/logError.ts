import { type FixContext, type FixEdit, ts } from '#api';
import { isFunctionValue } from '../../_shared/enclosing.ts';
import { indentAt, indentUnit, lineEnd } from '../../_shared/layout.ts';
import { nameWords } from '../../_shared/nameWords.ts';
import { statementEnd } from '../../_shared/statementEnd.ts';

/** Writes the error to the logger that the file imports, or to the console where there is none. */
export function logError(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const clause = ctx.node(ts.isCatchClause);
  if (clause !== undefined) {
    const { variableDeclaration: variable, block } = clause;
    const name = variable === undefined ? 'error' : nameOf(variable.name);
    if (name === undefined) return undefined;
    const start = clause.getStart(ctx.file);
    const edits = [ctx.replace(block, bodyOf(name, start, ctx))];
    return variable === undefined ? [ctx.insert(block.getStart(ctx.file), `(${name}) `), ...edits] : edits;
  }
  const handler = ctx.node(isFunctionValue);
  if (handler === undefined || !ts.isBlock(handler.body)) return undefined;
  const [parameter] = handler.parameters;
  const name = parameter === undefined ? 'error' : nameOf(parameter.name);
  if (name === undefined) return undefined;
  const edits = [ctx.replace(handler.body, bodyOf(name, handler.getStart(ctx.file), ctx))];
  if (parameter !== undefined) return edits;
  const open = ctx.text.indexOf('(', handler.getStart(ctx.file));
  // Where the promise has no type, its error would have none either.
  const type = /\.[cm]?tsx?$/.test(ctx.path) ? ': unknown' : '';
  return [ctx.insert(open + 1, name + type), ...edits];
}

function bodyOf(name: string, place: number, ctx: FixContext<unknown>): string {
  const eol = lineEnd(ctx.text);
  const indent = indentAt(ctx.text, place);
  return `{${eol}${indent}${indentUnit(ctx.text)}${loggerOf(ctx)}.error(${name})${statementEnd(ctx.file)}${eol}${indent}}`;
}

/** The project's logger, where the file has it already; a function called `log` would have no levels. */
function loggerOf({ header }: FixContext<unknown>): string {
  for (const [local, { typeOnly, module }] of header.imports) {
    if (!typeOnly && module.startsWith('.') && nameWords(local).at(-1) === 'logger') return local;
  }
  return 'console';
}

function nameOf(name: ts.BindingName): string | undefined {
  return ts.isIdentifier(name) ? name.text : undefined;
}
