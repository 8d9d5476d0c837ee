import { type FixContext, type TextEdit, ts } from '#api';
import { behindStatement } from '../behindStatement.ts';
import { indentUnit, lineEnd, quoteMark } from '../layout.ts';
import { statementEnd } from '../statementEnd.ts';
import { hasEnvironment } from './envRead.ts';

const HELPER = 'requireEnv';

/**
 * Reads a variable of the environment in place of an expression, through a function of the file that throws without it;
 * the function is added when it is not there, and `around` writes what stands around the call. `undefined` where something else has its name.
 */
export function requireEnv(
  ctx: FixContext<unknown>,
  place: ts.Node,
  name: string,
  around: (read: string) => string = (read) => read,
): TextEdit[] | undefined {
  const helper = ctx.file.statements.find(
    (statement) => ts.isFunctionDeclaration(statement) && statement.name?.text === HELPER,
  );
  const last = ctx.file.statements.at(-1);
  if ((helper === undefined && ctx.header.topLevel.has(HELPER)) || last === undefined) return undefined;
  if (!hasEnvironment(ctx)) return undefined;
  const quote = quoteMark(ctx.text);
  const read = ctx.replace(place, around(`${HELPER}(${quote}${name}${quote})`));
  return helper === undefined ? [read, ctx.insert(behindStatement(ctx.text, last), helperText(ctx))] : [read];
}

function helperText({ text, path, file }: FixContext<unknown>): string {
  const quote = quoteMark(text);
  const unit = indentUnit(text);
  const end = statementEnd(file);
  const isTyped = /\.[cm]?tsx?$/.test(path);
  return [
    '',
    '',
    '/** A variable of the environment without which the program cannot run. */',
    isTyped ? `function ${HELPER}(name: string): string {` : `function ${HELPER}(name) {`,
    `${unit}const value = process.env[name]${end}`,
    `${unit}if (value === undefined || value === ${quote}${quote}) throw new Error(\`\${name} is not set\`)${end}`,
    `${unit}return value${end}`,
    '}',
  ].join(lineEnd(text));
}
