import { type FixContext, type TextEdit, ts } from '#api';
import { importInsertion } from '../../_shared/importLine.ts';
import { indentUnit, lineEnd, quoteMark } from '../../_shared/layout.ts';
import { hasModifier } from '../../_shared/modifiers.ts';
import { bindImport, importEdits } from '../../_shared/namedImport.ts';
import { statementEnd } from '../../_shared/statementEnd.ts';

const HELPER = 'equalInConstantTime';

/** Compares through a function of the file that takes as long for any text, which is added when it is not there. */
export function compareInConstantTime(ctx: FixContext<unknown>): TextEdit[] | undefined {
  const node = ctx.node(ts.isBinaryExpression);
  const last = ctx.file.statements.at(-1);
  if (node === undefined || last === undefined) return undefined;
  const isNegated = node.operatorToken.getText().startsWith('!');
  const call = `${isNegated ? '!' : ''}${HELPER}(${node.left.getText()}, ${node.right.getText()})`;
  const isThere = ctx.file.statements.some(
    (statement) => ts.isFunctionDeclaration(statement) && statement.name?.text === HELPER,
  );
  if (isThere) return [ctx.replace(node, call)];
  if (ctx.header.topLevel.has(HELPER)) return undefined;
  const names = cryptoNames(ctx);
  if (names === undefined) return undefined;
  const { hash, equal, edits } = names;
  return [...edits, ctx.replace(node, call), ctx.insert(last.end, helper(ctx, hash, equal))];
}

interface Names {
  readonly hash: string;
  readonly equal: string;
  readonly edits: readonly TextEdit[];
}

/** `createHash` and `timingSafeEqual` as the file can call them, with the import that is missing. */
function cryptoNames(ctx: FixContext<unknown>): Names | undefined {
  const wanted = ['createHash', 'timingSafeEqual'].map((name) =>
    bindImport(ctx, { module: 'crypto', name, isType: false }),
  );
  const [hash, equal] = wanted;
  if (hash !== undefined && equal !== undefined) {
    return { hash: hash.text, equal: equal.text, edits: importEdits(ctx, [hash, equal]) };
  }
  if (ctx.header.modules.has('crypto') || ctx.header.topLevel.has('createHash')) return undefined;
  if (ctx.header.topLevel.has('timingSafeEqual')) return undefined;
  const isModule = ctx.file.statements.some(
    (one) => ts.isImportDeclaration(one) || ts.isExportDeclaration(one) || isExported(one),
  );
  const bound = '{ createHash, timingSafeEqual }';
  const { at, text } = importInsertion(ctx, 'node:crypto', bound, isModule, statementEnd(ctx.file));
  return {
    hash: 'createHash',
    equal: 'timingSafeEqual',
    edits: [ctx.insert(at, text)],
  };
}

function isExported(statement: ts.Statement): boolean {
  return hasModifier(statement, ts.SyntaxKind.ExportKeyword);
}

function helper({ text, path, file }: FixContext<unknown>, hash: string, equal: string): string {
  const quote = quoteMark(text);
  const unit = indentUnit(text);
  const end = statementEnd(file);
  const isTyped = /\.[cm]?tsx?$/.test(path);
  const digest = isTyped ? '(value: string) =>' : '(value) =>';
  const string = `${quote}string${quote}`;
  return [
    '',
    '',
    '/** Compares two texts without telling by the time it takes how far they agree. */',
    isTyped
      ? `function ${HELPER}(given: unknown, expected: unknown): boolean {`
      : `function ${HELPER}(given, expected) {`,
    `${unit}if (typeof given !== ${string} || typeof expected !== ${string}) return false${end}`,
    `${unit}const digest = ${digest} ${hash}(${quote}sha256${quote}).update(value).digest()${end}`,
    `${unit}return ${equal}(digest(given), digest(expected))${end}`,
    '}',
  ].join(lineEnd(text));
}
