import { type FileHeader, ts, unwrap } from '#api';
import { settled } from '../../_shared/browser/constants.ts';
import { memberCall, option } from '../../_shared/calls.ts';
import type { Lookup } from '../../_shared/sourceView.ts';

/** Who gets a message that is sent to any origin. */
export type Kind = 'wildcard' | 'signal' | 'own';

/** Receivers that know no origins, or that belong to the program itself. */
const NO_WINDOW =
  /worker|port\d?$|channel$|broker$|(?:event)?bus$|queue$|process|socket|reactnative|webkit|vscode|electron|ipc/i;

/** How frames are filled that have no origin, and sources that are named for the page itself. */
const NO_ORIGIN = /\bsrcdoc\b|['"`](?:data|blob):|createObjectURL|\bsrc\s*=\s*\{?\s*[\w.]*(?:html|data_?ur[il])/i;

/** `x.postMessage(data, …)` and `postMessage(data, …)` with something that may name a target. */
export function isMessage(call: ts.CallExpression): boolean {
  if (call.arguments.length < 2) return false;
  const callee = unwrap(call.expression);
  return (ts.isIdentifier(callee) ? callee.text : memberCall(call)?.name) === 'postMessage';
}

/** The expression that names the target, when it surely stands for every origin. */
export function wildcardOf(call: ts.CallExpression, lookup: Lookup): ts.Node | undefined {
  const [, target] = call.arguments;
  if (target === undefined) return undefined;
  const value = settled(target, lookup);
  if (isStar(value)) return unwrap(target);
  const origin = option(value, 'targetOrigin');
  if (origin.kind !== 'given' || !isStar(settled(origin.value, lookup))) return undefined;
  return unwrap(target) === value ? origin.value : target;
}

function isStar(node: ts.Node): boolean {
  return ts.isStringLiteralLike(node) && node.text === '*';
}

/** What a call with a wildcard is; `undefined` when its receiver is no window. */
export function kindOf(call: ts.CallExpression, header: FileHeader, lookup: Lookup): Kind | undefined {
  const receiver = memberCall(call)?.receiver;
  const [data] = call.arguments;
  if (receiver === undefined) return header.resolve(call.expression) === 'global#postMessage' ? 'own' : undefined;
  const node = unwrap(receiver);
  const name = ts.isPropertyAccessExpression(node) ? node.name.text : ts.isIdentifier(node) ? node.text : '';
  if (NO_WINDOW.test(name) || isMade(node, lookup)) return undefined;
  if (header.resolve(node) === 'global') return 'own';
  return data !== undefined && isConstant(data) ? 'signal' : 'wildcard';
}

/** Something that the file makes itself, or whose type it writes out: no window comes about like that. */
function isMade(receiver: ts.Node, lookup: Lookup): boolean {
  const declaration = ts.isIdentifier(receiver) ? lookup(receiver) : undefined;
  if (declaration === undefined) return false;
  if (!ts.isVariableDeclaration(declaration) && !ts.isParameter(declaration)) return false;
  const { type, initializer } = declaration;
  const value = initializer && unwrap(initializer);
  if (value !== undefined && (ts.isNewExpression(value) || ts.isObjectLiteralExpression(value))) return true;
  return type !== undefined && ts.isTypeLiteralNode(type);
}

/** Text and data that stand in the source and so are no secret. */
function isConstant(expression: ts.Node): boolean {
  const node = unwrap(expression);
  if (ts.isLiteralExpression(node)) return true;
  if (ts.isIdentifier(node)) return /^[A-Z][A-Z0-9_]+$/.test(node.text);
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.every((member) => ts.isPropertyAssignment(member) && isConstant(member.initializer));
  }
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isConstant);
  if (ts.isCallExpression(node)) {
    return memberCall(node)?.name === 'stringify' && node.arguments.every(isConstant);
  }
  const { kind } = node;
  return (
    kind === ts.SyntaxKind.TrueKeyword || kind === ts.SyntaxKind.FalseKeyword || kind === ts.SyntaxKind.NullKeyword
  );
}

/**
 * Whether a message goes to a frame that may have no origin to name: the file sandboxes frames without their origin, or
 * fills them with `srcdoc`, `data:`, `blob:` or a `src` that is named for a page instead of an address.
 */
export function mayHaveNoOrigin(call: ts.CallExpression, text: string): boolean {
  const receiver = memberCall(call)?.receiver.getText() ?? '';
  if (/\b(?:parent|opener|top)\b/.test(receiver)) return false;
  return NO_ORIGIN.test(text) || isSandboxed(text);
}

function isSandboxed(text: string): boolean {
  return /\bsandbox\b/.test(text) && !text.includes('allow-same-origin');
}
