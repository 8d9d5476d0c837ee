import { type FileHeader, type FunctionNode, ts } from '#api';

/** What a page must not be able to do by itself: files, programs, sockets, and what the desktop opens. */
const PRIVILEGED =
  /^(?:fs(?:\/promises|-extra)?#(?:default\.)?(?:promises\.)?(?!exists|stat|lstat|access|constants)\w+|fs-extra#|child_process#(?:default\.)?(?:exec|spawn|fork)\w*|execa#\w*|net#(?:default\.)?(?:connect|createConnection)|electron(?:\/main)?#shell\.(?:openPath|trashItem))/;

/** Ways to look at who sent a message. */
const LOOKS = /\bsenderFrame\b|\bsender\s*\??\.\s*(?:getURL|id|mainFrame)\b/;

/** Who picks the file in a dialog has agreed to what happens to it. */
const ASKS = /\bshow(?:Open|Save|Message)(?:Dialog|Box)\w*\s*\(/;

/** The first privileged call in a handler that is given what the page sent; functions inside it count. */
export function privilegedCall(fn: FunctionNode, header: FileHeader): ts.CallExpression | undefined {
  const sent = new Set(fn.parameters.slice(1).flatMap(({ name }) => namesIn(name)));
  if (sent.size === 0 || fn.body === undefined || ASKS.test(fn.body.getText())) return undefined;
  const mentionsSent = (node: ts.Node): boolean =>
    ts.isIdentifier(node)
      ? sent.has(node.text)
      : ts.forEachChild(node, (child) => mentionsSent(child) || undefined) === true;
  const visit = (node: ts.Node): ts.CallExpression | undefined => {
    if (
      ts.isCallExpression(node) &&
      node.arguments.some(mentionsSent) &&
      PRIVILEGED.test(header.resolve(node.expression) ?? '')
    ) {
      return node;
    }
    return ts.forEachChild(node, visit);
  };
  return visit(fn.body);
}

/** Whether a handler looks at the sender, or hands the event to a function that may. */
export function looksAtSender(fn: FunctionNode): boolean {
  const [event] = fn.parameters;
  if (fn.body === undefined || event === undefined) return false;
  if (!ts.isIdentifier(event.name)) return LOOKS.test(event.name.getText());
  if (LOOKS.test(fn.body.getText())) return true;
  const name = event.name.text;
  const isHandedOn = (node: ts.Node): boolean =>
    (ts.isCallExpression(node) &&
      node.arguments.some((argument) => argument.getText() === name || argument.getText() === `${name}.sender`)) ||
    ts.forEachChild(node, (child) => isHandedOn(child) || undefined) === true;
  return isHandedOn(fn.body);
}

function namesIn(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : namesIn(element.name)));
}
