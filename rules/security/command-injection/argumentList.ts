import { type Finding, type FixContext, type TextEdit, ts, unwrap } from '#api';
import { bindImport, importEdits } from '../../_shared/namedImport.ts';

const WITHOUT_SHELL: Readonly<Record<string, string>> = { exec: 'execFile', execSync: 'execFileSync' };

/**
 * Calls the program with a list of arguments, where the command is plain words: no shell operator, no quotes but those
 * around one value.
 */
export function argumentList(ctx: FixContext<unknown>, _finding: Finding): TextEdit[] | undefined {
  const place = ctx.node(ts.isExpression);
  const call = place && ts.findAncestor(place, ts.isCallExpression);
  const command = call?.arguments[0];
  if (place === undefined || call === undefined || command === undefined) return undefined;
  const [, name] = ctx.header.resolve(call.expression)?.split('child_process#') ?? [];
  const wanted = name === undefined ? undefined : WITHOUT_SHELL[name];
  const words = wordsOf(command, place);
  if (wanted === undefined || words === undefined) return undefined;
  const [program, ...rest] = words;
  const list = `${program}, [${rest.join(', ')}]`;
  const callee = unwrap(call.expression);
  if (ts.isPropertyAccessExpression(callee)) return [ctx.replace(callee.name, wanted), ctx.replace(command, list)];
  const bound = bindImport(ctx, { module: 'child_process', name: wanted, isType: false });
  if (bound === undefined) return undefined;
  return [...importEdits(ctx, [bound]), ctx.replace(call.expression, bound.text), ctx.replace(command, list)];
}

/** The words of a command as source text: literals, values, or templates of both. */
function wordsOf(command: ts.Expression, place: ts.Expression): readonly string[] | undefined {
  const node = unwrap(command);
  const pieces = ts.isTemplateExpression(node)
    ? [node.head.text, ...node.templateSpans.flatMap(({ expression, literal }) => [expression, literal.text])]
    : sumOf(node);
  if (pieces === undefined) return undefined;
  const words: (string | ts.Expression)[][] = [[]];
  let quote = '';
  for (const piece of pieces) {
    if (typeof piece !== 'string') {
      words.at(-1)?.push(piece);
      continue;
    }
    for (const character of piece) {
      if (character === quote) quote = '';
      else if (quote === '' && (character === '"' || character === "'")) quote = character;
      else if (quote === '' && character === ' ') words.push([]);
      else if (!/[\w./:=@%+,-]/.test(character) && !(quote !== '' && character === ' ')) return undefined;
      else words.at(-1)?.push(character);
    }
  }
  const written = words.filter((word) => word.length > 0).map((word) => writeWord(word, place));
  return quote === '' && written.length > 1 && words[0]?.every((part) => typeof part === 'string')
    ? written
    : undefined;
}

function sumOf(node: ts.Node): readonly (string | ts.Expression)[] | undefined {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (!ts.isBinaryExpression(node)) return undefined;
  if (node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
  const sides = [node.left, node.right].map((side) => {
    const inner = unwrap(side);
    return sumOf(inner) ?? (ts.isBinaryExpression(inner) ? undefined : [side]);
  });
  return sides.every((side) => side !== undefined) ? sides.flat() : undefined;
}

/** What is reported is a text; other values may be numbers. */
function writeWord(parts: readonly (string | ts.Expression)[], place: ts.Expression): string {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && typeof only !== 'string') {
    return only === place ? only.getText() : `String(${only.getText()})`;
  }
  if (parts.every((part) => typeof part === 'string')) return `'${parts.join('')}'`;
  return `\`${parts.map((part) => (typeof part === 'string' ? part : `\${${part.getText()}}`)).join('')}\``;
}
