import { ts } from '#api';

/**
 * Where a name stands in a part of a file, in source order. Searches the text and goes down to what it finds: a walk of all
 * nodes would cost a file of 10,000 lines 15 ms after each key. Leaves out those with `followed` right behind, a sticky pattern.
 */
export function* namesOf(
  name: string,
  scope: ts.Node,
  followed?: RegExp,
): Generator<ts.Identifier | ts.PrivateIdentifier> {
  const { pos, end } = scope;
  // A search in the whole text would go on to its end.
  const text = scope.getSourceFile().text.slice(pos, end);
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    if (isPart(text.charCodeAt(at - 1)) || isPart(text.charCodeAt(at + name.length))) continue;
    if (followed !== undefined) {
      followed.lastIndex = at + name.length;
      if (followed.test(text)) continue;
    }
    const node = nodeAt(scope, pos + at);
    if ((ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) && node.text === name) yield node;
  }
}

/** Whether a character is one of `A-Z a-z 0-9 _ $ #`; `NaN` stands for none. */
function isPart(code: number): boolean {
  if (code >= 97) return code <= 122;
  if (code >= 65) return code <= 90 || code === 95;
  return (code >= 48 && code <= 57) || code === 35 || code === 36;
}

/** The innermost node around an offset. */
function nodeAt(root: ts.Node, offset: number): ts.Node {
  let node = root;
  for (;;) {
    const inner =
      ts.isSourceFile(node) || ts.isBlock(node)
        ? statementAt(node.statements, offset)
        : ts.forEachChild(node, (child) => (child.pos <= offset && offset < child.end ? child : undefined));
    if (inner === undefined || inner.pos > offset) return node;
    node = inner;
  }
}

/** The first statement that ends behind an offset. A list may have thousands: half of those that are left are ruled out at a time. */
function statementAt(statements: readonly ts.Statement[], offset: number): ts.Statement | undefined {
  let low = 0;
  let high = statements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((statements[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return statements[low];
}
