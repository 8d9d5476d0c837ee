import { type FixContext, type FixEdit, ts } from '#api';
import { behindStatement } from '../../_shared/behindStatement.ts';
import { indentUnit, lineEnd, quoteMark } from '../../_shared/layout.ts';

const HELPER = 'requireEnv';

/** Reads the variable through a function of the file that throws, which is added when it is not there. */
export function readOrThrow(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const node = ctx.node(
    (each): each is ts.NonNullExpression | ts.AsExpression => ts.isNonNullExpression(each) || ts.isAsExpression(each),
  );
  if (node === undefined || /^(?:Bun|Deno)\b/.test(node.getText())) return undefined;
  const helper = ctx.file.statements.find(
    (statement) => ts.isFunctionDeclaration(statement) && statement.name?.text === HELPER,
  );
  if (helper === undefined && ctx.header.topLevel.has(HELPER)) return undefined;
  const quote = quoteMark(ctx.text);
  const read = ctx.replace(node, `${HELPER}(${quote}${String(ctx.data['name'])}${quote})`);
  const last = ctx.file.statements.at(-1);
  if (helper !== undefined || last === undefined) return [read];
  const lines = [
    '',
    '',
    '/** A variable of the environment without which the program cannot run. */',
    `function ${HELPER}(name: string): string {`,
    '  const value = process.env[name];',
    `  if (value === undefined || value === ${quote}${quote}) throw new Error(\`\${name} is not set\`);`,
    '  return value;',
    '}',
  ];
  return [read, ctx.insert(behindStatement(ctx.text, last), asIn(ctx.text, lines))];
}

/** With the file's line ends, indentation and semicolons. */
function asIn(text: string, lines: readonly string[]): string {
  const unit = indentUnit(text);
  const hasSemicolons = /;\s*$/m.test(text);
  return lines
    .map((line) => line.replace(/^ {2}/, unit))
    .map((line) => (hasSemicolons ? line : line.replace(/;$/, '')))
    .join(lineEnd(text));
}
