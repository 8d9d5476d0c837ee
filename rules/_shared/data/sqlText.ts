import { ts, unwrap } from '#api';
import { option } from '../calls.ts';
import { initialValue } from '../initialValue.ts';
import type { SourceView } from '../sourceView.ts';
import type { DataCall } from './model.ts';

/** Names of variables, members of objects and sums are followed this many times. */
const MAX_DEPTH = 5;

/** A statement of SQL as it is written: what it does, and the table that shows. */
export interface SqlStatement {
  readonly verb: 'select' | 'insert' | 'update' | 'delete';
  readonly table: string | undefined;
  /** The text, with `?` for each value that is put into it. */
  readonly text: string;
}

const TABLE = /^\s*(?:select\b[\s\S]*?\bfrom|insert\s+(?:ignore\s+)?into|update|delete\s+from)\s+["'`[]?([\w.]+)/i;

/** The statement that a call of a driver, or a raw query of an ORM, runs; `undefined` where its text does not show. */
export function sqlStatement({ node }: DataCall, source: SourceView): SqlStatement | undefined {
  const text = ts.isCallExpression(node)
    ? node.arguments[0] && sqlText(node.arguments[0], source)
    : templateText(node.template);
  if (text === undefined) return undefined;
  const verb = /^\s*(select|insert|update|delete)\b/i.exec(text)?.[1]?.toLowerCase();
  if (verb !== 'select' && verb !== 'insert' && verb !== 'update' && verb !== 'delete') return undefined;
  return { verb, table: TABLE.exec(text)?.[1], text };
}

/** The text of a query: literal, template, sum, `sql` with a template, a variable that starts with one, `{ text }`. */
export function sqlText(expression: ts.Node, source: SourceView, depth = 0): string | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const node = unwrap(expression);
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) return templateText(node);
  if (ts.isTaggedTemplateExpression(node)) return templateText(node.template);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const left = sqlText(node.left, source, depth + 1);
    return left === undefined ? undefined : `${left}${sqlText(node.right, source, depth + 1) ?? '?'}`;
  }
  if (ts.isIdentifier(node)) {
    const value = initialValue(node, source);
    return value === undefined ? undefined : sqlText(value, source, depth + 1);
  }
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  for (const name of ['text', 'sql']) {
    const text = option(node, name);
    if (text.kind === 'given') return sqlText(text.value, source, depth + 1);
  }
  return undefined;
}

function templateText(template: ts.TemplateLiteral): string {
  if (!ts.isTemplateExpression(template)) return template.text;
  return template.head.text + template.templateSpans.map(({ literal }) => `?${literal.text}`).join('');
}
