import { ts, unwrap } from '#api';
import { constantOf, MAX_STEPS } from '../../_shared/browser/constants.ts';
import { memberAccess, memberCall } from '../../_shared/calls.ts';
import { entryOfParameter, type PageEntry } from '../../_shared/electron/pageEntries.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { looksAt } from '../../_shared/web/checked.ts';

/** How a page got to choose an address that is opened. */
export function unvettedEntry(
  address: ts.Expression,
  entries: readonly PageEntry[],
  source: SourceView,
): PageEntry | undefined {
  const parameter = parameterBehind(address, source);
  const entry = parameter && entryOfParameter(parameter, entries, source);
  if (parameter === undefined || entry === undefined) return undefined;
  const fn = parameter.parent;
  const body = isFunctionWithBody(fn) ? fn.body : undefined;
  if (body === undefined || /\bsenderFrame\b|\bsender\.getURL\b/.test(body.getText())) return undefined;
  return looksAt(body, { values: namesOf(parameter, body), holders: new Set() }) ? undefined : entry;
}

/** The parameter that an address comes from as it is, over locals, members and `new URL(…).href`. */
function parameterBehind(address: ts.Expression, source: SourceView): ts.ParameterDeclaration | undefined {
  let node = unwrap(address);
  for (let step = 0; step < MAX_STEPS * 2; step++) {
    if (ts.isIdentifier(node)) {
      const declaration = source.lookup(node);
      if (declaration === undefined) return undefined;
      const holder = patternHolder(declaration);
      if (ts.isParameter(holder)) return holder;
      const value =
        ts.isVariableDeclaration(holder) && holder !== declaration
          ? holder.initializer
          : constantOf(node, source.lookup);
      if (value === undefined) return undefined;
      node = unwrap(value);
      continue;
    }
    const next = innerAddress(node);
    if (next === undefined) return undefined;
    node = unwrap(next);
  }
  return undefined;
}

/** `url` of `url.href`, `url.toString()`, `String(url)`, `new URL(url)` and of a template that begins with it. */
function innerAddress(node: ts.Node): ts.Expression | undefined {
  const member = memberAccess(node);
  if (member !== undefined) return member.receiver;
  if (ts.isNewExpression(node)) return node.expression.getText() === 'URL' ? node.arguments?.[0] : undefined;
  if (ts.isTemplateExpression(node)) return node.head.text === '' ? node.templateSpans[0]?.expression : undefined;
  if (!ts.isCallExpression(node)) return undefined;
  const call = memberCall(node);
  if (call !== undefined) return /^(?:toString|trim|valueOf)$/.test(call.name) ? call.receiver : undefined;
  return /^(?:String|decodeURI|encodeURI)$/.test(node.expression.getText()) ? node.arguments[0] : undefined;
}

/** The parameter or variable whose pattern a name stands in, or the declaration itself. */
function patternHolder(declaration: ts.Declaration): ts.Node {
  let node: ts.Node = declaration;
  while (ts.isBindingElement(node)) node = node.parent.parent;
  return node;
}

/** Names of a parameter, and of all locals that something was made of it for. */
function namesOf(parameter: ts.ParameterDeclaration, body: ts.Node): ReadonlySet<string> {
  const names = new Set<string>();
  addNames(parameter.name, names);
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer !== undefined) {
      if (mentions(node.initializer, names)) addNames(node.name, names);
    } else if (isAssignmentOf(node, names)) {
      names.add(node.left.getText());
    }
    ts.forEachChild(node, visit);
  };
  visit(body);
  return names;
}

function isAssignmentOf(node: ts.Node, names: ReadonlySet<string>): node is ts.BinaryExpression {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isIdentifier(node.left) &&
    mentions(node.right, names)
  );
}

function addNames(name: ts.BindingName, into: Set<string>): void {
  if (ts.isIdentifier(name)) {
    into.add(name.text);
    return;
  }
  for (const element of name.elements) {
    if (ts.isBindingElement(element)) addNames(element.name, into);
  }
}

function mentions(node: ts.Node, names: ReadonlySet<string>): boolean {
  if (ts.isIdentifier(node)) return names.has(node.text);
  return ts.forEachChild(node, (child) => mentions(child, names) || undefined) === true;
}
