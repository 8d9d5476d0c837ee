import { type FileHeader, ts, unwrap } from '#api';
import { secretKind } from '../../_shared/auth/secretNames.ts';
import { memberAccess } from '../../_shared/calls.ts';
import { isEnvironment } from '../../_shared/env/environment.ts';
import { nameWords } from '../../_shared/nameWords.ts';
import { has, set } from '../../_shared/words.ts';

/** A value in the arguments of a log call that may be a secret. */
export interface Logged {
  readonly node: ts.Expression;
  /** As it is called in the code. */
  readonly name: string;
  /**
   * `secret` by its name; `token` by a name that other things have as well; `request` for a body, headers or cookies as a
   * whole; `environment` for all variables.
   */
  readonly kind: 'secret' | 'token' | 'request' | 'environment';
  /** Member of an object, which a logger may be told to leave out. */
  readonly inObject: boolean;
}

/** With one of these words a token lets somebody in; without one it may be that of a parser, a device or a coin. */
const OPENS = set(
  'access refresh auth session reset api jwt bearer id invite verification magic login oauth admin bot',
);

/** Objects that hold words about a field, not what was typed into it. */
const ABOUT =
  /^(?:errors?|err|messages?|labels?|touched|fields?|schema|types?|styles?|theme|i18n|t|translations?|rules?|validation|validators?|placeholders?|props|icons?|constants?|routes?|paths?|urls?|scopes?|columns?|keys?|names?|enums?|strings?|texts?)$/i;

/** What was taken away from it already. */
const COVERED = /hash|balance|encrypt|mask|redact|cipher|obfuscat|sanitiz|length|count|type|name$/i;

/** What says yes or no: `withCredentials`. */
const FLAG = /^(?:with|has|is|use|include|allow|enable)[A-Z_]/;

/** Values that are written to a log as they are: arguments, members of objects, parts of texts. */
export function loggedSecrets(call: ts.CallExpression, header: FileHeader): readonly Logged[] {
  const found: Logged[] = [];
  for (const argument of call.arguments) gather(argument, false, header, found);
  return found;
}

function gather(expression: ts.Expression, inObject: boolean, header: FileHeader, found: Logged[]): void {
  const node = unwrap(expression) as ts.Expression;
  if (ts.isTemplateExpression(node)) {
    for (const span of node.templateSpans) gather(span.expression, false, header, found);
  } else if (ts.isObjectLiteralExpression(node)) {
    for (const property of node.properties) {
      if (ts.isPropertyAssignment(property)) gather(property.initializer, true, header, found);
      else if (ts.isShorthandPropertyAssignment(property)) add(property.name, property.name.text, true, found);
      else if (ts.isSpreadAssignment(property)) gather(property.expression, true, header, found);
    }
  } else if (ts.isBinaryExpression(node)) {
    if (/^(?:\+|\|\||\?\?)$/.test(node.operatorToken.getText())) {
      gather(node.left, inObject, header, found);
      gather(node.right, inObject, header, found);
    }
  } else if (ts.isCallExpression(node)) {
    const [first] = node.arguments;
    if (first !== undefined && header.resolve(node.expression) === 'global#JSON.stringify') {
      gather(first, false, header, found);
    } else fromHeader(node, inObject, found);
  } else if (isEnvironment(node, header)) {
    found.push({ node, name: 'process.env', kind: 'environment', inObject });
  } else if (ts.isIdentifier(node)) {
    add(node, node.text, inObject, found);
  } else {
    const access = memberAccess(node);
    if (access !== undefined) member(node, access.name, unwrap(access.receiver), inObject, found);
  }
}

function member(node: ts.Expression, name: string, owner: ts.Node, inObject: boolean, found: Logged[]): void {
  const holder = ts.isIdentifier(owner) ? owner.text : (memberAccess(owner)?.name ?? '');
  if (name === 'body' || name === 'headers' || name === 'cookies' || name === 'rawBody') {
    if (ts.isIdentifier(owner) && /re?q(?:uest)?$|^(?:ctx|context)$/i.test(holder)) {
      found.push({ node, name: node.getText(), kind: 'request', inObject });
    }
    return;
  }
  if (holder === 'headers' && /^(?:authorization|cookie)$/i.test(name)) {
    found.push({ node, name: `the header ${name}`, kind: 'secret', inObject });
    return;
  }
  if (!ABOUT.test(holder)) add(node, name, inObject, found);
}

/** `req.get('authorization')` */
function fromHeader(call: ts.CallExpression, inObject: boolean, found: Logged[]): void {
  const method = memberAccess(unwrap(call.expression))?.name;
  const [name] = call.arguments;
  if ((method !== 'get' && method !== 'header') || name === undefined || !ts.isStringLiteralLike(name)) return;
  if (/^(?:authorization|cookie)$/i.test(name.text)) {
    found.push({ node: call, name: `the header ${name.text}`, kind: 'secret', inObject });
  }
}

function add(node: ts.Expression, name: string, inObject: boolean, found: Logged[]): void {
  const kind = COVERED.test(name) || FLAG.test(name) ? undefined : secretKind(name);
  if (kind === undefined) return;
  const words = nameWords(name);
  const isPlain = kind === 'token' && !has(words, OPENS);
  // A token for something else than getting in: of a device, of a chain.
  if (isPlain && words.length > 1) return;
  found.push({ node, name, kind: isPlain ? 'token' : 'secret', inObject });
}
