import { ts, unwrap } from '#api';

/** Calls that bring what others wrote: `response.json()`, `JSON.parse(text)`, `fetch(url)`. */
const BRINGS = /^(?:json|text|formData|parse|fetch|request|query|readFile(?:Sync)?|postMessage)$/;
/** Members that hold what others sent. */
const HOLDS = /^(?:body|rawBody|query|params|headers|cookies|data|payload|detail|env|files?|session)$/;
/** Values that other code fills: the page, the process, the request. */
const GIVEN = /^(?:window|globalThis|global|self|req|request|ctx|event|evt|message|msg|payload|response|res|socket)$/;

/** Whether a value comes from outside the module's own code, as its expression tells: what a cast takes the last check from. */
export function isFromOutside(expression: ts.Node): boolean {
  let node = unwrap(expression);
  while (ts.isAwaitExpression(node)) node = unwrap(node.expression);
  if (ts.isIdentifier(node)) return GIVEN.test(node.text);
  if (ts.isCallExpression(node)) {
    const callee = unwrap(node.expression);
    const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
    return BRINGS.test(name) || (ts.isPropertyAccessExpression(callee) && isFromOutside(callee.expression));
  }
  if (ts.isPropertyAccessExpression(node)) return HOLDS.test(node.name.text) || isFromOutside(node.expression);
  return ts.isElementAccessExpression(node) && isFromOutside(node.expression);
}
