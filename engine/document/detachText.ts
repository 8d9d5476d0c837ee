import { ts } from '../ts.ts';

/** Shorter texts are copied by V8 anyway. */
const SHARED_FROM = 13;

/** The places in a node where the parser puts pieces of the text. */
interface TextHolder {
  escapedText?: string;
  text?: string;
  rawText?: string;
  comment?: unknown;
  readonly jsDoc?: readonly ts.Node[];
}

/**
 * Gives the names and literals of new nodes memory of their own. The parser cuts them out of the text, and V8 keeps the
 * whole text alive for such a piece: every statement that is ever edited would hold on to the version it was typed in.
 * `isKnown` says which subtrees are older than the last edit; they are left alone.
 */
export function detachText(file: ts.SourceFile, isKnown: (node: ts.Node) => boolean): void {
  const visit = (node: ts.Node): void => {
    if (isKnown(node)) return;
    const holder = node as ts.Node & TextHolder;
    if (holder.escapedText !== undefined) holder.escapedText = copied(holder.escapedText);
    else if (ts.isLiteralExpression(node) || ts.isTemplateMiddleOrTemplateTail(node) || detachable(node.kind)) {
      if (holder.text !== undefined) holder.text = copied(holder.text);
      if (holder.rawText !== undefined) holder.rawText = copied(holder.rawText);
    }
    if (typeof holder.comment === 'string') holder.comment = copied(holder.comment);
    holder.jsDoc?.forEach(visit);
    ts.forEachChild(node, visit);
  };
  for (const statement of file.statements) visit(statement);
}

function detachable(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.TemplateHead || kind === ts.SyntaxKind.JsxText;
}

/** Joining makes a new text, of which the piece is cut: the new text is one character longer than the piece. */
function copied(text: string): string {
  return text.length < SHARED_FROM ? text : ` ${text}`.slice(1);
}
