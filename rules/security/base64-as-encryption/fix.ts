import { type Finding, type FixContext, type FunctionNode, type TextEdit, ts } from '#api';
import { aboveStatement } from '../../_shared/aboveStatement.ts';
import { importInsertion } from '../../_shared/importLine.ts';
import { indentUnit, lineEnd, quoteMark } from '../../_shared/layout.ts';
import { statementEnd } from '../../_shared/statementEnd.ts';
import { encodingOf } from './encoding.ts';
import { claimsEncryption, nameOf } from './naming.ts';

const HELPER = 'encryptionKey';
const CRYPTO = { encode: ['createCipheriv', 'randomBytes'], decode: ['createDecipheriv'] } as const;

/**
 * Puts AES-256-GCM in the place of base64, in the function that was reported and in those of the file that belong to it: half
 * a pair would read nothing any more. Only for functions of a module of TypeScript that take one text and give one back.
 */
export function encryptInstead(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  if (!/\.[cm]?ts$/.test(ctx.path) || !usesModules(ctx.file) || ctx.header.topLevel.has(HELPER)) return undefined;
  const pair = plainFunctions(ctx);
  const isOwn = ({ fn }: PlainFunction) => fn.pos <= finding.start && fn.end >= finding.end;
  if (!pair.some(isOwn) || namedFunctions(ctx.file) !== pair.length) return undefined;
  const wanted = [...new Set(pair.flatMap(({ direction }) => CRYPTO[direction]))].sort();
  if (wanted.some((name) => ctx.header.topLevel.has(name))) return undefined;
  const { text } = ctx;
  const eol = lineEnd(text);
  const unit = indentUnit(text);
  const end = statementEnd(ctx.file);
  const quote = quoteMark(text);
  const lines = (list: readonly string[]) =>
    list
      .map((line) =>
        line
          .replace(/'/g, quote)
          .replace(/;$/, end)
          .replace(/^(?: {2})+/, (found) => unit.repeat(found.length / 2)),
      )
      .join(eol);
  const [first] = pair;
  if (first === undefined) return undefined;
  const importing = importInsertion(ctx, 'node:crypto', `{ ${wanted.join(', ')} }`, true, end);
  const place = aboveStatement(text, first.fn);
  const key = lines([...KEY, '', '']);
  const added =
    importing.at === place
      ? [ctx.insert(place, importing.text + key)]
      : [ctx.insert(importing.at, importing.text), ctx.insert(place, key)];
  return [
    ...added,
    ...pair.map(({ fn, direction, parameter }) =>
      ctx.replace(fn.body as ts.Block, lines(direction === 'encode' ? encrypting(parameter) : decrypting(parameter))),
    ),
  ];
}

const KEY = [
  '/** 32 bytes, in base64. */',
  `function ${HELPER}(): Buffer {`,
  '  const value = process.env.ENCRYPTION_KEY;',
  "  if (!value) throw new Error('ENCRYPTION_KEY is not set.');",
  "  return Buffer.from(value, 'base64');",
  '}',
];

const encrypting = (value: string) => [
  '{',
  '  const iv = randomBytes(12);',
  `  const cipher = createCipheriv('aes-256-gcm', ${HELPER}(), iv);`,
  `  const sealed = [cipher.update(${value}, 'utf8'), cipher.final()];`,
  "  return Buffer.concat([iv, ...sealed, cipher.getAuthTag()]).toString('base64');",
  '}',
];

const decrypting = (value: string) => [
  '{',
  `  const sealed = Buffer.from(${value}, 'base64');`,
  `  const decipher = createDecipheriv('aes-256-gcm', ${HELPER}(), sealed.subarray(0, 12));`,
  '  decipher.setAuthTag(sealed.subarray(-16));',
  "  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString('utf8');",
  '}',
];

interface PlainFunction {
  readonly fn: FunctionNode;
  readonly direction: 'encode' | 'decode';
  readonly parameter: string;
}

/** Functions at the top of the file that claim to encrypt, take one text and return its base64, or the other way round. */
function plainFunctions({ file, header }: FixContext<unknown>): readonly PlainFunction[] {
  return file.statements.flatMap((statement) => {
    if (!ts.isFunctionDeclaration(statement) || statement.body === undefined) return [];
    const [parameter, ...others] = statement.parameters;
    const [only, ...rest] = statement.body.statements;
    if (!claimsEncryption(nameOf(statement)) || parameter === undefined || others.length > 0 || rest.length > 0)
      return [];
    if (parameter.type?.kind !== ts.SyntaxKind.StringKeyword || !ts.isIdentifier(parameter.name)) return [];
    const isPlain = statement.asteriskToken === undefined && parameter.initializer === undefined;
    if (!isPlain || parameter.questionToken !== undefined || only === undefined || !ts.isReturnStatement(only))
      return [];
    const direction = only.expression && directionOf(only.expression, parameter.name.text, header);
    return direction === undefined ? [] : [{ fn: statement, direction, parameter: parameter.name.text }];
  });
}

/** `Buffer.from(text).toString('base64')` and `Buffer.from(text, 'base64').toString()`, of the parameter itself. */
function directionOf(
  expression: ts.Expression,
  parameter: string,
  header: FixContext<unknown>['header'],
): 'encode' | 'decode' | undefined {
  if (!ts.isCallExpression(expression)) return undefined;
  const isOfParameter = ({ value }: { readonly value: ts.Expression }) => value.getText() === parameter;
  const encoding = encodingOf(expression, header);
  if (encoding !== undefined) {
    const isBuffer = encoding.direction === 'encode' && /Buffer\.from/.test(expression.getText());
    return isBuffer && isOfParameter(encoding) ? 'encode' : undefined;
  }
  const callee = expression.expression;
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'toString') return undefined;
  const inner = ts.isCallExpression(callee.expression) ? encodingOf(callee.expression, header) : undefined;
  const isText = expression.arguments.every((argument) => /utf-?8|ascii/i.test(argument.getText()));
  return inner !== undefined && isOfParameter(inner) && isText ? 'decode' : undefined;
}

function namedFunctions(file: ts.SourceFile): number {
  let count = 0;
  const visit = (node: ts.Node): void => {
    const isFunction = ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;
    if (isFunction && claimsEncryption(nameOf(node as FunctionNode))) count++;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return count;
}

function usesModules(file: ts.SourceFile): boolean {
  return file.statements.some(
    (statement) =>
      ts.isImportDeclaration(statement) ||
      ts.isExportDeclaration(statement) ||
      (ts.canHaveModifiers(statement) &&
        ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true),
  );
}
