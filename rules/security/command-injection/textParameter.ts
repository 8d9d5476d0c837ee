import { type FunctionNode, ts, unwrap } from '#api';
import { propertyKey } from '../../_shared/calls.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { functionName } from '../../_shared/functionName.ts';
import { hasModifier } from '../../_shared/modifiers.ts';
import { nameWords } from '../../_shared/nameWords.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { has, set } from '../../_shared/words.ts';

/** How many locals are followed. */
const MAX_DEPTH = 5;

/** Names of what is a text, where no type says so. */
const TEXTS = set(
  'path file files filename filepath dir directory folder url uri link name host hostname domain ip address branch tag repo ' +
    'repository ref command cmd args text input output query pattern image container user username email title message script',
);

/** Something of a parameter that others fill with any text: the parameter itself, a local that is it, or a member. */
export function isOpenText(expression: ts.Node, source: SourceView, depth = 0): boolean {
  const node = unwrap(expression);
  if (ts.isPropertyAccessExpression(node)) return isTextMember(node, source);
  if (!ts.isIdentifier(node) || depth > MAX_DEPTH) return false;
  const declaration = source.lookup(node);
  if (declaration === undefined) return false;
  if (ts.isVariableDeclaration(declaration)) {
    const { initializer } = declaration;
    return initializer !== undefined && isReference(initializer) && isOpenText(initializer, source, depth + 1);
  }
  if (ts.isBindingElement(declaration)) return isTextPart(declaration, source);
  if (!ts.isParameter(declaration) || declaration.initializer !== undefined) return false;
  if (!isOfOthers(declaration.parent, source)) return false;
  const { type } = declaration;
  return type === undefined ? isUntypedText(node, source) : type.kind === ts.SyntaxKind.StringKeyword;
}

function isReference(initializer: ts.Expression): boolean {
  const node = unwrap(initializer);
  return ts.isIdentifier(node) || ts.isPropertyAccessExpression(node);
}

/** In JavaScript the name alone tells. */
function isUntypedText({ text }: ts.Identifier, { header }: SourceView): boolean {
  return /\.[cm]?jsx?$/.test(header.localPath) && has(nameWords(text), TEXTS);
}

/** `options.input` of `options: { input: string }`. */
function isTextMember({ expression, name }: ts.PropertyAccessExpression, source: SourceView): boolean {
  const owner = unwrap(expression);
  const declaration = ts.isIdentifier(owner) ? source.lookup(owner) : undefined;
  return (
    declaration !== undefined &&
    ts.isParameter(declaration) &&
    isOfOthers(declaration.parent, source) &&
    isTextIn(declaration.type, name.text, source)
  );
}

/** `({ input }: { input: string })`. */
function isTextPart({ parent, propertyName, name, initializer }: ts.BindingElement, source: SourceView): boolean {
  const key = propertyName ?? name;
  const holder = parent.parent;
  return (
    initializer === undefined &&
    ts.isIdentifier(key) &&
    ts.isParameter(holder) &&
    isOfOthers(holder.parent, source) &&
    isTextIn(holder.type, key.text, source)
  );
}

/** A type that is written out, or an interface or alias of this file. */
function isTextIn(type: ts.TypeNode | undefined, member: string, source: SourceView, depth = 0): boolean {
  if (type === undefined || depth > MAX_DEPTH) return false;
  if (ts.isTypeLiteralNode(type)) return isTextAmong(type.members, member);
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return false;
  const declared = source.lookupType(type.typeName);
  if (declared === undefined) return false;
  if (ts.isInterfaceDeclaration(declared)) return isTextAmong(declared.members, member);
  return ts.isTypeAliasDeclaration(declared) && isTextIn(declared.type, member, source, depth + 1);
}

function isTextAmong(members: ts.NodeArray<ts.TypeElement>, name: string): boolean {
  return members.some(
    (member) =>
      ts.isPropertySignature(member) &&
      propertyKey(member.name) === name &&
      member.type?.kind === ts.SyntaxKind.StringKeyword,
  );
}

/** A function or method that is called from elsewhere; functions that are written in place get what their caller lists. */
function isOfOthers(fn: ts.Node, source: SourceView): boolean {
  if (!isFunctionWithBody(fn)) return false;
  const isNamed = ts.isFunctionDeclaration(fn) || ts.isMethodDeclaration(fn) || ts.isVariableDeclaration(fn.parent);
  return isNamed ? isExported(fn) || isExportedByName(fn, source) : isAssignedExport(fn);
}

/** Functions of a file alone are called with what the file gives them. */
function isExported(fn: FunctionNode): boolean {
  const owner = ts.isVariableDeclaration(fn.parent) ? ts.findAncestor(fn, ts.isVariableStatement) : fn;
  if (owner === undefined) return false;
  if (ts.isMethodDeclaration(owner)) {
    return !hasModifier(owner, ts.SyntaxKind.PrivateKeyword) && !ts.isPrivateIdentifier(owner.name);
  }
  return hasModifier(owner, ts.SyntaxKind.ExportKeyword);
}

/** `exports.convert = (file) => …`. */
function isAssignedExport({ parent }: FunctionNode): boolean {
  return ts.isBinaryExpression(parent) && /^(?:module\.)?exports\b/.test(parent.left.getText());
}

/** `exports.convert = convert`, `module.exports = { convert }`. */
function isExportedByName(fn: FunctionNode, source: SourceView): boolean {
  const name = functionName(fn);
  const isOwn = ts.isFunctionDeclaration(fn) || ts.isVariableDeclaration(fn.parent);
  if (!isOwn || !/^\w+$/.test(name) || !ts.isSourceFile(topOf(fn).parent)) return false;
  const file = fn.getSourceFile();
  source.relyOn(file);
  return new RegExp(`exports(?:\\.\\w+)?\\s*=\\s*(?:\\{[^{}]*\\b${name}\\b|${name}\\b)`).test(file.text);
}

function topOf(fn: FunctionNode): ts.Node {
  return ts.isFunctionDeclaration(fn) ? fn : (ts.findAncestor(fn, ts.isVariableStatement) ?? fn);
}
