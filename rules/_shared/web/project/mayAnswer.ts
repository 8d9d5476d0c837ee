import { type FunctionNode, ts, unwrap } from '#api';
import { namesOf } from '../../namesOf.ts';

/** Members of a response, or of request and response in one, that answer nothing by themselves. */
const KEEPS =
  /^(?:locals|headersSent|writableEnded|writableFinished|finished|destroyed|closed|sent|req|request|app|log|server|elapsedTime|statusCode|statusMessage|getHeader\w*|getResponseTime|hasHeader|set|setHeaders?|headers?|append|vary|type|contentType|removeHeader|on|once|off|emit|get|var|env|executionCtx|event|error|finalized|cookie|clearCookie|setCookie|unsignCookie|links|location|attachment|setTimeout|addTrailers|socket|connection|context|span|startTime|__|t)$/i;
/** Set the status of the answer. */
const STATUS = /^(?:status|code|sendStatus|writeHead)$/;
/** Send the answer. */
const SENDS = /^(?:send|sendStatus|json|jsonp|end|write|writeHead|text|body|html|redirect|render|newResponse|format)$/;
/** Members that refuse, by their names: `res.unauthorized()`, `reply.notFound()`, `res.boom.badRequest()`. */
const REFUSES =
  /unauth|forbid|denied|deny|bad_?request|not_?found|too_?many|err|fail|reject|invalid|unavailable|conflict|unprocess|payment|not_?allowed|gone|timeout|teapot|boom/i;
/** Looks at an answer that somebody else gives. */
const LOOKS_ON =
  /(?:^|\.)(?:on_?finished|on_?headers|finished|eos)$|logg(?:er|ing)|log(?:Request|Response)|audit|trace/i;

/**
 * Whether code that runs before other handlers may itself answer some request that asks for something, as far as its text
 * tells: false where it does nothing with the response but hand on, set headers, or refuse.
 */
export function mayAnswer(fn: FunctionNode): boolean {
  const { body, parameters } = fn;
  const names = parameters.map(({ name }) => (ts.isIdentifier(name) ? name.text : undefined));
  const [first, second] = names;
  if (names.length === 1 && /^_*req(?:uest)?$/.test(first ?? '')) return false;
  const isContext = names.length === 2 && /^_*next$/.test(second ?? '');
  const response = isContext ? first : second;
  if (body === undefined || response === undefined) return true;
  return isContext ? contextAnswers(body, response) : responseAnswers(body, response);
}

function responseAnswers(body: ts.Node, response: string): boolean {
  for (const node of namesOf(response, body)) {
    const { parent } = node;
    // The request knows its response.
    if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
      if (response === 'res') return true;
    } else if (ts.isIdentifier(node) && !isName(node) && mentionAnswers(node) && !isPreflight(node, body)) return true;
  }
  return false;
}

/** Contexts answer by what a handler gives back, and by `ctx.res = …` and `ctx.body = …`. */
function contextAnswers(body: ts.Node, context: string): boolean {
  for (const node of namesOf('Response', body)) {
    const made = makingOf(node);
    if (made !== undefined && !isRefusal(statusOption(made.arguments?.[1]))) return true;
  }
  for (const node of namesOf(context, body)) {
    if (ts.isIdentifier(node) && !isName(node) && contextMentionAnswers(node) && !isPreflight(node, body)) return true;
  }
  return false;
}

/** `new Response(…)`, `Response.json(…)`. */
function makingOf(name: ts.Node): ts.NewExpression | ts.CallExpression | undefined {
  const { parent } = name;
  const callee = ts.isPropertyAccessExpression(parent) && parent.expression === name ? parent : name;
  const made = callee.parent;
  return (ts.isNewExpression(made) || ts.isCallExpression(made)) && made.expression === callee ? made : undefined;
}

/** One mention of a response, with the calls that follow it: `res.status(401).json(…)`. */
function mentionAnswers(mention: ts.Identifier): boolean {
  let refuses = false;
  let node: ts.Node = mention;
  let links = 0;
  for (;;) {
    const access = accessOf(node);
    if (access === undefined) break;
    links++;
    const { name, whole } = access;
    const call = ts.isCallExpression(whole.parent) && whole.parent.expression === whole ? whole.parent : undefined;
    if (STATUS.test(name)) {
      if (call === undefined) return false;
      if (!isRefusal(call.arguments[0])) return true;
      refuses = true;
    } else if (REFUSES.test(name)) refuses = true;
    // What is not called is wrapped, or asked for.
    else if (SENDS.test(name)) return call !== undefined && !refuses;
    else if (!KEEPS.test(name)) return !refuses && !isAssigned(whole);
    else if (call === undefined) return false;
    node = call ?? whole;
  }
  return links === 0 && handsOver(mention);
}

function contextMentionAnswers(mention: ts.Identifier): boolean {
  const access = accessOf(mention);
  if (access === undefined) return isGivenBack(mention) && handsOver(mention);
  const { name, whole } = access;
  if (name === 'res' || name === 'response') return isAssigned(whole);
  if (name === 'body' && isAssigned(whole)) return true;
  const call = ts.isCallExpression(whole.parent) && whole.parent.expression === whole ? whole.parent : undefined;
  if (name === 'status' || KEEPS.test(name) || REFUSES.test(name)) return false;
  if (SENDS.test(name)) return call !== undefined && !isRefusal(call.arguments[1]);
  return call !== undefined && isGivenBack(call);
}

/** The member that is asked of a node: `res.locals`, `res?.['locals']`. */
function accessOf(node: ts.Node): { readonly name: string; readonly whole: ts.Expression } | undefined {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node)
    return { name: parent.name.text, whole: parent };
  if (!ts.isElementAccessExpression(parent) || parent.expression !== node) return undefined;
  const { argumentExpression: name } = parent;
  return { name: ts.isStringLiteralLike(name) ? name.text : '', whole: parent };
}

/** Whether a response itself goes to code that may answer with it. */
function handsOver(mention: ts.Identifier): boolean {
  const { parent } = mention;
  // `return reply`: it was sent already, or will be.
  if (ts.isReturnStatement(parent) || ts.isTypeOfExpression(parent)) return false;
  if (!ts.isCallExpression(parent)) return true;
  const callee = parent.expression;
  return !LOOKS_ON.test(callee.getText()) && !REFUSES.test(callee.getText());
}

/** Whether what a node stands in is what the function gives back: `return verify(c)`, `(c, next) => verify(c)`. */
function isGivenBack(node: ts.Node): boolean {
  const up = ts.findAncestor(
    node.parent,
    (one) => ts.isReturnStatement(one) || ts.isStatement(one) || ts.isArrowFunction(one),
  );
  return up !== undefined && (ts.isReturnStatement(up) || (ts.isArrowFunction(up) && !ts.isBlock(up.body)));
}

/** Whether a mention stands behind `if (req.method === 'OPTIONS')`: nobody checks by that. */
function isPreflight(node: ts.Node, body: ts.Node): boolean {
  for (let inner = node, up = node.parent; inner !== body && up !== undefined; inner = up, up = up.parent) {
    if (!ts.isIfStatement(up) || up.thenStatement !== inner) continue;
    if (/\bmethod\b[^|]*===?\s*["'`](?:OPTIONS|POST|PUT|PATCH|DELETE)["'`]/i.test(up.expression.getText())) return true;
  }
  return false;
}

function isAssigned(target: ts.Expression): boolean {
  const { parent } = target;
  const isLeft = ts.isBinaryExpression(parent) && parent.left === target;
  return isLeft && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

/** `401`, `HttpStatus.FORBIDDEN`, `{ status: 503 }.status`; `undefined` is no refusal. */
function isRefusal(status: ts.Expression | undefined): boolean {
  if (status === undefined) return false;
  const node = unwrap(status);
  if (ts.isNumericLiteral(node)) return /^[45]\d\d$/.test(node.text);
  if (ts.isConditionalExpression(node)) return isRefusal(node.whenTrue) && isRefusal(node.whenFalse);
  return ts.isPropertyAccessExpression(node) && REFUSES.test(node.name.text);
}

/** `{ status: 401 }` of the standard `Response`. */
function statusOption(options: ts.Expression | undefined): ts.Expression | undefined {
  if (options === undefined || !ts.isObjectLiteralExpression(options)) return undefined;
  for (const property of options.properties) {
    if (ts.isPropertyAssignment(property) && property.name.getText() === 'status') return property.initializer;
  }
  return undefined;
}

/** A name that is declared, or a key, rather than a mention. */
function isName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (ts.isPropertyAssignment(parent) && parent.name === node) || (ts.isParameter(parent) && parent.name === node);
}
