import { type FileHeader, ts, unwrap } from '#api';
import { calledName, isNullish } from '../../_shared/calls.ts';
import { mentionedBy, requestNames, type Sent, sentBy } from './requestNames.ts';
import { isModel, type Sink, sinkOf } from './sinks.ts';

/** What a handler hands on unchecked. */
export interface Flow {
  readonly sink: Sink;
  /** The callee that is given the data. */
  readonly place: ts.Expression;
  /** Members of the request's part that go there, in the order of the source; empty where it goes as a whole. */
  readonly fields: readonly string[];
  readonly part: 'body' | 'query';
}

/** Functions that may be handlers. */
export type HandlerNode = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration | ts.MethodDeclaration;

/** Functions that check or shape what they are given. */
const CHECKS =
  /valid|parse|schema|sanit|check|assert|verify|cast|coerc|conform|decode|guard|ensure|escape|whitelist|allowed|matchedData|plainTo|transform|pick$|normali|^is[A-Z]|^to[A-Z]\w*(?:Dto|Input|Entity|Model)$|Dto$/i;
const NO_CHECKS =
  /^(?:JSON\.parse|JSON\.stringify|.*\.(?:compare|compareSync|toString|toISOString|toLowerCase|toUpperCase))$/;

/**
 * The first call of a handler that is given what the client sent, where nothing in the handler looks at it but to see whether
 * it is there. Reads the function and the header alone.
 */
export function handlerFlow(fn: HandlerNode, header: FileHeader): Flow | undefined {
  if (fn.body === undefined || !namesPart(fn)) return undefined;
  const names = requestNames(fn, header);
  if (names === undefined) return undefined;
  const calls: { readonly place: ts.Expression; readonly sink: Sink; readonly args: readonly ts.Node[] }[] = [];
  const looked = new Set<string>();
  let isChecked = false;
  const note = (node: ts.Node): void => {
    for (const sent of mentionedBy(node, names)) {
      if (sent.field === undefined) isChecked = true;
      else looked.add(sent.field);
    }
  };
  const visit = (node: ts.Node): void => {
    if (isChecked) return;
    if (ts.isVariableDeclaration(node)) names.declare(node);
    if (ts.isIfStatement(node) || ts.isWhileStatement(node)) lookedAt(node.expression, names.sent, note);
    else if (ts.isConditionalExpression(node)) lookedAt(node.condition, names.sent, note);
    else if (ts.isSwitchStatement(node)) note(node.expression);
    else if (ts.isElementAccessExpression(node)) note(node.argumentExpression);
    else if (ts.isCallExpression(node)) {
      const sink = sinkOf(node, header);
      if (sink !== undefined) calls.push({ place: node.expression, sink, args: node.arguments });
      else if (CHECKS.test(calledName(node) ?? '') && !NO_CHECKS.test(node.expression.getText())) {
        if (givesRequest(node, names.request)) isChecked = true;
        for (const argument of node.arguments) note(argument);
      }
    } else if (ts.isNewExpression(node) && isModel(node.expression, header) && savesIn(fn)) {
      calls.push({ place: node.expression, sink: 'the database', args: node.arguments ?? [] });
    }
    ts.forEachChild(node, visit);
  };
  visit(fn.body);
  if (isChecked) return undefined;
  for (const { place, sink, args } of calls) {
    const sent = args.flatMap((argument) => sentBy(argument, names));
    const flow = flowOf(sent, looked);
    if (flow !== undefined) return { ...flow, sink, place };
  }
  return undefined;
}

/** Longer functions are no handlers that anybody overlooks: what becomes of one member of a request cannot be told. */
const MAX_TEXT = 20_000;

/** Whether a function has any part of a request in it, by its text: most have none, and nothing else is read of them. */
function namesPart(fn: HandlerNode): boolean {
  if (fn.end - fn.pos > MAX_TEXT) return false;
  const { text } = fn.getSourceFile();
  return /body|query|\bjson\b/i.test(text.slice(fn.pos, fn.end));
}

function flowOf(sent: readonly Sent[], looked: ReadonlySet<string>): Pick<Flow, 'fields' | 'part'> | undefined {
  const whole = sent.find(({ field }) => field === undefined);
  // A part of which one member was looked at may have been looked at as far as it matters.
  if (whole !== undefined) return looked.size > 0 ? undefined : { part: whole.part, fields: [] };
  const fields = new Set(sent.flatMap(({ part, field }) => (part === 'body' && field !== undefined ? [field] : [])));
  for (const field of looked) fields.delete(field);
  return fields.size === 0 ? undefined : { part: 'body', fields: [...fields] };
}

/** Notes what a condition asks of a value beyond whether it is there. */
function lookedAt(
  condition: ts.Expression,
  sent: (node: ts.Node) => Sent | undefined,
  note: (node: ts.Node) => void,
): void {
  const node = unwrap(condition);
  if (sent(node) !== undefined) return;
  if (ts.isPrefixUnaryExpression(node)) {
    lookedAt(node.operand, sent, note);
    return;
  }
  if (!ts.isBinaryExpression(node)) {
    note(node);
    return;
  }
  const { left, right, operatorToken } = node;
  if (/^(?:&&|\|\||\?\?)$/.test(operatorToken.getText())) {
    lookedAt(left, sent, note);
    lookedAt(right, sent, note);
  } else if (!isNothing(unwrap(left)) && !isNothing(unwrap(right))) note(node);
}

function isNothing(node: ts.Node): boolean {
  if (ts.isStringLiteralLike(node)) return node.text === '' || node.text === 'undefined';
  return isNullish(node);
}

/** `validationResult(req)`, `schema.validate(req)`. */
function givesRequest(call: ts.CallExpression, request: string): boolean {
  return call.arguments.some((argument) => ts.isIdentifier(unwrap(argument)) && argument.getText() === request);
}

function savesIn(fn: ts.Node): boolean {
  return /\.(?:save|insert)\s*\(/.test(fn.getText());
}
