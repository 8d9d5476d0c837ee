import { type Finding, type FixContext, type FixEdit, type Span, ts } from '#api';
import { hasModifier } from '../../_shared/modifiers.ts';
import { dropToken, dropWord } from './dropToken.ts';
import { type Escape, escapesOf, sinksIn } from './escapes.ts';
import { sandboxAttributes, wordsOf } from './markup.ts';
import type { Token } from './tokens.ts';

function within(node: Span, span: Span): boolean {
  return node.start >= span.start && node.end <= span.end;
}

/** The `const` statement a token is declared in, when it is not written where the frame gets it. */
function declarationOf(token: Token, frame: Escape): ts.VariableDeclaration | undefined {
  if (within(token, frame.span)) return undefined;
  let node: ts.Node | undefined = token.literal.parent;
  while (node && !ts.isVariableDeclaration(node) && !ts.isStatement(node)) node = node.parent;
  return node && ts.isVariableDeclaration(node) ? node : undefined;
}

/** Whether all that reads a constant are frames which are reported too: only then taking a token out changes nothing else. */
function servesFramesOnly(
  declaration: ts.VariableDeclaration,
  escapes: readonly Escape[],
  file: ts.SourceFile,
): boolean {
  if (!ts.isIdentifier(declaration.name)) return false;
  const { text } = declaration.name;
  const statement = declaration.parent.parent;
  if (ts.isVariableStatement(statement) && hasModifier(statement, ts.SyntaxKind.ExportKeyword)) {
    return false;
  }
  let only = true;
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === text && node !== declaration.name) {
      const place = { start: node.getStart(file), end: node.end };
      only &&= escapes.some((frame) => within(place, frame.span));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return only;
}

/** Takes every occurrence of a token out of what is reported at a finding. */
export function drop(value: string, ctx: FixContext<unknown>, finding: Finding): readonly FixEdit[] | undefined {
  return /\.html?$/i.test(ctx.path) ? dropFromDocument(value, ctx, finding) : dropFromSource(value, ctx, finding);
}

function dropFromDocument(value: string, ctx: FixContext<unknown>, finding: Finding): readonly FixEdit[] | undefined {
  if (ctx.document.language !== 'html') return undefined;
  const attribute = sandboxAttributes(ctx.document).find(({ span }) => span.start === finding.start);
  if (!attribute) return undefined;
  const { valueSpan } = attribute;
  const words = wordsOf(ctx.text.slice(valueSpan.start, valueSpan.end), valueSpan.start);
  return words
    .filter((word) => word.value === value)
    .map((word) => dropWord(ctx.text, word, valueSpan, (span, newText) => ctx.replace(span, newText)));
}

function dropFromSource(value: string, ctx: FixContext<unknown>, finding: Finding): readonly FixEdit[] | undefined {
  const escapes = escapesOf(sinksIn(ctx.file), (identifier) => ctx.lookup(identifier));
  const frame = escapes.find(({ span }) => span.start === finding.start && span.end === finding.end);
  if (!frame) return undefined;
  const edits: FixEdit[] = [];
  for (const token of frame.tokens) {
    if (token.value !== value) continue;
    const declaration = declarationOf(token, frame);
    if (declaration && !servesFramesOnly(declaration, escapes, ctx.file)) return undefined;
    const edit = dropToken(token, (span, newText) => ctx.replace(span, newText));
    if (!edit) return undefined;
    edits.push(edit);
  }
  return edits;
}
