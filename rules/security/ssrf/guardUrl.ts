import { type Finding, type FixContext, type TextEdit, ts, unwrap } from '#api';
import { aboveStatement } from '../../_shared/aboveStatement.ts';
import { indentAt, indentUnit, lineEnd, quoteMark, startsLine } from '../../_shared/layout.ts';
import { statementEnd } from '../../_shared/statementEnd.ts';
import { isPlainReference } from '../../_shared/web/plainReference.ts';

/** Throws before the statement unless the host is on a list, which is empty until somebody fills it. TypeScript alone. */
export function guardUrl(ctx: FixContext<unknown>, _finding: Finding): TextEdit[] | undefined {
  if (!/\.[cm]?tsx?$/.test(ctx.path)) return undefined;
  const url = ctx.node(ts.isExpression);
  const value = url && unwrap(url);
  if (url === undefined || value === undefined || !isPlainReference(value)) return undefined;
  // `host: …` is no address.
  if (ts.isPropertyAssignment(url.parent) && /^host/.test(url.parent.name.getText())) return undefined;
  const statement = ts.findAncestor(url, ts.isStatement);
  const top = ts.findAncestor(url, (node) => ts.isSourceFile(node.parent ?? node));
  if (statement === undefined || !ts.isBlock(statement.parent) || top === undefined) return undefined;
  const { text } = ctx;
  const start = statement.getStart();
  const topStart = aboveStatement(ctx.text, top);
  if (!startsLine(text, start) || !startsLine(text, topStart)) return undefined;
  const hasList = /\bALLOWED_HOSTS = new Set\b/.test(text);
  if (!hasList && ctx.header.topLevel.has('ALLOWED_HOSTS')) return undefined;
  const eol = lineEnd(text);
  const indent = indentAt(text, start);
  const end = statementEnd(ctx.file);
  const quote = quoteMark(text);
  const list = `const ALLOWED_HOSTS = new Set<string>([])${end}${eol}${eol}`;
  const guard = [
    `if (!ALLOWED_HOSTS.has(new URL(String(${value.getText()})).hostname)) {`,
    `${indent}${indentUnit(text)}throw new Error(${quote}This host is not allowed.${quote})${end}`,
    `${indent}}`,
    indent,
  ].join(eol);
  return [...(hasList ? [] : [ctx.insert(topStart, list)]), ctx.insert(start, guard)];
}
