import { ts, unwrap } from '#api';
import { calledName, memberAccess, memberCall, option } from '../../_shared/calls.ts';
import { classAround } from '../../_shared/classAround.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import { namesOf } from '../../_shared/namesOf.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** What a frame is told to show, by an attribute, an option, an assignment or a call. */
export interface FrameSource {
  readonly value: ts.Node;
  /** The attribute, member, assignment or call. */
  readonly place: ts.Node;
  /** The value is a page itself, not the address of one. */
  readonly isPage: boolean;
  /** The frame of an assignment or call, of which it has to be found out whether it is one. */
  readonly frame?: ts.Expression;
}

const SOURCES: readonly string[] = ['src', 'srcDoc', 'srcdoc'];

const isPageName = (name: string): boolean => name !== 'src';

type JsxElement = ts.JsxSelfClosingElement | ts.JsxOpeningElement;

/** `<iframe src={url} />` without a sandbox, and without a spread that may bring one. */
export function jsxFrame({ tagName, attributes }: JsxElement): FrameSource | undefined {
  if (!ts.isIdentifier(tagName) || tagName.text !== 'iframe') return undefined;
  let source: FrameSource | undefined;
  for (const attribute of attributes.properties) {
    if (!ts.isJsxAttribute(attribute) || attribute.name.getText() === 'sandbox') return undefined;
    const { initializer } = attribute;
    if (SOURCES.includes(attribute.name.getText()) && initializer && ts.isJsxExpression(initializer)) {
      source = { value: initializer, place: attribute, isPage: isPageName(attribute.name.getText()) };
    }
  }
  return source;
}

/** `frame.src = url`. */
export function assignedFrame(node: ts.BinaryExpression): FrameSource | undefined {
  const { left, operatorToken, right } = node;
  if (operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  const member = memberAccess(unwrap(left));
  return member !== undefined && SOURCES.includes(member.name)
    ? { value: right, place: node, isPage: isPageName(member.name), frame: member.receiver }
    : undefined;
}

/** `frame.setAttribute('src', url)`, `createElement('iframe', { src: url })`, `Object.assign(frame, { src: url })`. */
export function calledFrame(call: ts.CallExpression): FrameSource | undefined {
  const name = calledName(call);
  const [first, second, third] = call.arguments;
  if (first === undefined || second === undefined) return undefined;
  if (name === 'assign') {
    // A third object may bring the sandbox.
    if (third !== undefined) return undefined;
    const given = call.expression.getText() === 'Object.assign' ? givenSource(second) : undefined;
    return given && { ...given, frame: first };
  }
  if (!ts.isStringLiteralLike(first)) return undefined;
  if (name === 'setAttribute' && SOURCES.includes(first.text)) {
    const receiver = memberCall(call)?.receiver;
    return receiver && { value: second, place: call, isPage: isPageName(first.text), frame: receiver };
  }
  if ((name !== 'createElement' && name !== 'h' && name !== 'jsx') || first.text !== 'iframe') return undefined;
  return givenSource(second);
}

/** `{ src: url }` without a sandbox. */
function givenSource(options: ts.Expression): FrameSource | undefined {
  if (option(options, 'sandbox').kind !== 'absent') return undefined;
  for (const source of SOURCES) {
    const given = option(options, source);
    if (given.kind === 'given') return { value: given.value, place: given.property, isPage: isPageName(source) };
  }
  return undefined;
}

const MAKES_FRAME = /\bcreateElement\(\s*['"`]iframe['"`]/i;

/** Whether an expression is a frame that the code around it makes, and of which it never says a word about a sandbox. */
export function isBareFrame(frame: ts.Expression, source: SourceView): boolean {
  const node = unwrap(frame);
  if (ts.isIdentifier(node) || ts.isCallExpression(node)) {
    const made = ts.isIdentifier(node) ? (initialValue(node, source) ?? setOnce(node, source)) : node;
    if (made === undefined || !isMade(made)) return false;
    const around = enclosingFunction(made) ?? made.getSourceFile();
    source.relyOn(around);
    return !/sandbox/i.test(around.getText());
  }
  const member = memberAccess(node);
  if (member?.receiver.kind !== ts.SyntaxKind.ThisKeyword) return false;
  const owner = classAround(node, source);
  if (owner === undefined) return false;
  const text = owner.getText();
  const making = new RegExp(
    `\\b${member.name.replace(/\W/g, '\\$&')}\\b[^=;(]*=\\s*document\\.${MAKES_FRAME.source.slice(2)}`,
  );
  return making.test(text) && !/sandbox/i.test(text);
}

/** What a variable without a value is set to, where its function does so once. */
function setOnce(name: ts.Identifier, source: SourceView): ts.Expression | undefined {
  const declaration = source.lookup(name);
  const around = declaration && enclosingFunction(declaration);
  if (around?.body === undefined) return undefined;
  const set = [...namesOf(name.text, around.body)].flatMap(({ parent }) =>
    ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken ? [parent] : [],
  );
  const [only, ...more] = set.filter(({ left }) => ts.isIdentifier(left) && left.text === name.text);
  return more.length === 0 ? only?.right : undefined;
}

function isMade(node: ts.Node): boolean {
  const call = unwrap(node);
  return ts.isCallExpression(call) && MAKES_FRAME.test(call.getText()) && memberCall(call)?.name === 'createElement';
}
