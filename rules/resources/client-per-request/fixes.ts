import { type Fix, ts } from '#api';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { lineEnd } from '../../_shared/layout.ts';
import { outermost } from './makers.ts';
import { isClosed, usesOf } from './perCall.ts';

/** Moves the constant in front of the top-level statement that it is made in, where nothing closes it and its name is free. */
export const hoist: Fix<unknown> = {
  title: 'Make the client once, at module level',
  safety: 'suggest',
  edits(ctx) {
    const making = ctx.node((node): node is ts.NewExpression => ts.isNewExpression(node));
    const declaration = making && outermost(making).parent;
    if (declaration === undefined || !ts.isVariableDeclaration(declaration) || declaration.initializer !== making) {
      return undefined;
    }
    const fn = enclosingFunction(declaration);
    const list = declaration.parent;
    const statement = list.parent;
    const { name } = declaration;
    if (fn === undefined || !ts.isIdentifier(name) || !ts.isVariableDeclarationList(list)) return undefined;
    if (list.declarations.length !== 1 || !ts.isVariableStatement(statement) || !ts.isBlock(statement.parent)) {
      return undefined;
    }
    if (usesOf(name, fn, ctx).some(isClosed) || isTaken(name, ctx.file)) return undefined;
    let top: ts.Node = statement;
    while (!ts.isSourceFile(top.parent)) top = top.parent;
    const { text } = ctx;
    const line = text.lastIndexOf('\n', statement.getStart()) + 1;
    const end = text.indexOf('\n', statement.end);
    const isAlone =
      text.slice(line, statement.getStart()).trim() === '' && end >= 0 && text.slice(statement.end, end).trim() === '';
    // A comment above or behind says something about this place.
    if (!isAlone || statement.getFullStart() + commentOf(statement, text).length < line - 1) return undefined;
    const newline = lineEnd(text);
    const from = startOfLine(text, top.getStart());
    return [
      ctx.insert(withComments(top, text) ?? from, `${statement.getText()}${newline}${newline}`),
      ctx.replace({ start: line, end: end + 1 }, ''),
    ];
  },
};

/** Blank space in front of a statement; empty where a comment stands there. */
function commentOf(statement: ts.Node, text: string): string {
  const before = text.slice(statement.getFullStart(), statement.getStart());
  return before.trim() === '' ? before : '';
}

function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the comments of a statement begin. */
function withComments(top: ts.Node, text: string): number | undefined {
  const [first] = ts.getLeadingCommentRanges(text, top.getFullStart()) ?? [];
  return first === undefined || top.getFullStart() === 0 ? undefined : startOfLine(text, first.pos);
}

/** Another declaration of the same name in the file would be hidden, or hide. */
function isTaken(name: ts.Identifier, file: ts.SourceFile): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    if (found) return;
    const declared =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isClassDeclaration(node) ||
      ts.isImportSpecifier(node) ||
      ts.isImportClause(node);
    found = declared && node.name !== name && node.name !== undefined && node.name.getText() === name.text;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
