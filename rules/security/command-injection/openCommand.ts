import { ts, unwrap } from '#api';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { isChecked } from '../../_shared/web/checked.ts';
import { requestData } from '../../_shared/web/requestData.ts';
import { textParts } from '../../_shared/web/textParts.ts';
import { shellCall } from './commands.ts';

/** A value that becomes part of what a shell reads. */
export interface OpenCommand {
  readonly place: ts.Expression;
  readonly value: string;
  /** The name of the call that runs the command. */
  readonly call: string;
}

/** How many locals are followed. */
const MAX_DEPTH = 5;

/** The first value in a command that its caller or a client chooses and nothing looked at. */
export function openCommand(call: ts.CallExpression, source: SourceView): OpenCommand | undefined {
  const shell = shellCall(call, source);
  if (shell === undefined) return undefined;
  for (const text of shell.texts) {
    for (const part of piecesOf(text, source)) {
      const sent = requestData(part, source) !== undefined;
      // A function that runs whole commands is a runner: what it is given is decided elsewhere.
      const isChosen = sent || (unwrap(part) !== unwrap(text) && isText(part, source, 0));
      if (isChosen && !isChecked(part, source, call))
        return { place: part, value: part.getText(), call: `${shell.name}()` };
    }
  }
  return undefined;
}

/** What a text is put together from, without its literals; locals that hold such a text are taken apart too. */
function piecesOf(text: ts.Expression, source: SourceView, seen: Set<ts.Node> = new Set()): readonly ts.Expression[] {
  const parts = textParts(text, source, seen).filter((part) => typeof part !== 'string');
  return parts.flatMap((part) => {
    const node = unwrap(part);
    const value = ts.isIdentifier(node) ? initialValue(node, source) : undefined;
    const isBuilt =
      value !== undefined && !seen.has(value) && (ts.isTemplateExpression(value) || ts.isBinaryExpression(value));
    return isBuilt ? piecesOf(value, source, seen.add(value)) : [part];
  });
}

/** A parameter that may hold any text, or a member of one that holds several. */
function isText(expression: ts.Node, source: SourceView, depth: number): boolean {
  const node = unwrap(expression);
  if (!ts.isIdentifier(node) || depth > MAX_DEPTH) return false;
  const declaration = source.lookup(node);
  if (declaration === undefined) return false;
  if (ts.isVariableDeclaration(declaration)) {
    const { initializer } = declaration;
    return initializer !== undefined && ts.isIdentifier(unwrap(initializer)) && isText(initializer, source, depth + 1);
  }
  return ts.isParameter(declaration) && isOpenParameter(declaration);
}

/** Texts by their type; functions that are written in place get what their caller lists. */
function isOpenParameter({ type, initializer, parent }: ts.ParameterDeclaration): boolean {
  const isOwn =
    isFunctionWithBody(parent) &&
    (ts.isFunctionDeclaration(parent) || ts.isMethodDeclaration(parent) || ts.isVariableDeclaration(parent.parent));
  return isOwn && isExported(parent) && initializer === undefined && type?.kind === ts.SyntaxKind.StringKeyword;
}

/** Functions of a file alone are called with what the file gives them. */
function isExported(fn: ts.Node): boolean {
  const owner = ts.isVariableDeclaration(fn.parent) ? ts.findAncestor(fn, ts.isVariableStatement) : fn;
  if (owner === undefined || !ts.canHaveModifiers(owner)) return false;
  const modifiers = ts.getModifiers(owner) ?? [];
  if (ts.isMethodDeclaration(owner)) {
    return !modifiers.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword) && !ts.isPrivateIdentifier(owner.name);
  }
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}
