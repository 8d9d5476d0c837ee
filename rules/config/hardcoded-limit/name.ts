import { type FixContext, type TextEdit, ts } from '#api';
import { aboveStatement } from '../../_shared/aboveStatement.ts';
import { lineEnd } from '../../_shared/layout.ts';
import { nameWords } from '../../_shared/nameWords.ts';
import { statementEnd } from '../../_shared/statementEnd.ts';

/** `connections` → `MAX_CONNECTIONS`. */
export function constantName(counted: string): string {
  const words = nameWords(counted).filter((word) => !/^(?:current|total|num|number|of|max)$/.test(word));
  return `MAX_${(words.length === 0 ? ['count'] : words).join('_').toUpperCase()}`;
}

/** Puts the number into a constant above the statement. */
export function nameLimit(ctx: FixContext<unknown>): TextEdit[] | undefined {
  const literal = ctx.node(ts.isNumericLiteral);
  const name = String(ctx.data['constant']);
  if (literal === undefined || ctx.header.topLevel.has(name) || new RegExp(`\\b${name}\\b`).test(ctx.text))
    return undefined;
  let statement: ts.Node = literal;
  while (!ts.isSourceFile(statement.parent)) statement = statement.parent;
  const end = statementEnd(ctx.file);
  const eol = lineEnd(ctx.text);
  const line = `const ${name} = ${literal.getText()}${end}${eol}${eol}`;
  return [ctx.insert(aboveStatement(ctx.text, statement), line), ctx.replace(literal, name)];
}
