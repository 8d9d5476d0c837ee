import { type FileHeader, ts, unwrap } from '#api';
import { memberAccess, option } from '../../_shared/calls.ts';

/** Makers of clients which try nothing again by themselves, and packages that are clients, with what they talk to. */
const WITHOUT_RETRIES: ReadonlyMap<string, string> = new Map([
  ['@google/generative-ai#GoogleGenerativeAI', 'Gemini'],
  ['@google/genai#GoogleGenAI', 'Gemini'],
  ['@mistralai/mistralai#Mistral', 'Mistral'],
  ['ollama#Ollama', 'Ollama'],
  ['twilio', 'Twilio'],
  ['twilio#Twilio', 'Twilio'],
  ['@sendgrid/mail', 'SendGrid'],
  ['resend#Resend', 'Resend'],
  ['postmark#ServerClient', 'Postmark'],
  ['razorpay', 'Razorpay'],
  ['braintree#BraintreeGateway', 'Braintree'],
  ['plaid#PlaidApi', 'Plaid'],
  ['@octokit/rest#Octokit', 'GitHub'],
]);

/** Makers of clients which retry unless told otherwise, and the option that tells them. */
const WITH_RETRIES: ReadonlyMap<string, readonly [service: string, option: string]> = new Map([
  ['openai', ['OpenAI', 'maxRetries']],
  ['openai#OpenAI', ['OpenAI', 'maxRetries']],
  ['@anthropic-ai/sdk', ['Anthropic', 'maxRetries']],
  ['@anthropic-ai/sdk#Anthropic', ['Anthropic', 'maxRetries']],
  ['groq-sdk', ['Groq', 'maxRetries']],
  ['stripe', ['Stripe', 'maxNetworkRetries']],
  ['stripe#Stripe', ['Stripe', 'maxNetworkRetries']],
]);

const PACKAGES = new Set(
  [...WITHOUT_RETRIES.keys(), ...WITH_RETRIES.keys()].map((reference) => reference.split('#')[0] ?? ''),
);
/** Clients are reached through so many members, calls and variables. */
const MAX_STEPS = 12;

/** Whether a file imports a client of a service: a first look that costs next to nothing. */
export function importsService({ modules }: FileHeader): boolean {
  for (const module of modules) if (PACKAGES.has(module)) return true;
  return false;
}

type Source = { readonly header: FileHeader; lookup(name: ts.Identifier): ts.Declaration | undefined };

/** The service that a call talks to without trying again, by what its chain begins with; `undefined` for all others. */
export function serviceOf(call: ts.CallExpression, source: Source): string | undefined {
  let node: ts.Node | undefined = unwrap(call.expression);
  if (memberAccess(node) === undefined) return undefined;
  for (let steps = 0; steps < MAX_STEPS && node !== undefined; steps++) {
    const member = memberAccess(node);
    if (member !== undefined) {
      const field: ts.Node | undefined =
        member.receiver.kind === ts.SyntaxKind.ThisKeyword ? fieldValue(node, member.name) : undefined;
      node = field ?? unwrap(member.receiver);
    } else if (ts.isAwaitExpression(node)) node = unwrap(node.expression);
    else if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
      const made = madeBy(node, source.header);
      if (made !== undefined) return made;
      if (ts.isNewExpression(node)) return undefined;
      node = unwrap(node.expression);
    } else if (ts.isIdentifier(node)) {
      const reference = source.header.resolve(node);
      if (reference === '@sendgrid/mail') return WITHOUT_RETRIES.get(reference);
      const declaration = source.lookup(node);
      const value = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
      node = value && unwrap(value);
    } else return undefined;
  }
  return undefined;
}

function madeBy(node: ts.NewExpression | ts.CallExpression, header: FileHeader): string | undefined {
  const reference = header.resolve(node.expression) ?? '';
  const own = WITH_RETRIES.get(reference);
  if (own === undefined) return WITHOUT_RETRIES.get(reference);
  const [service, name] = own;
  return node.arguments?.some((argument) => isZero(argument, name)) === true ? service : undefined;
}

/** `new OpenAI({ maxRetries: 0 })`: somebody else is to retry. */
function isZero(options: ts.Expression, name: string): boolean {
  const given = option(options, name);
  return given.kind === 'given' && given.value.getText() === '0';
}

/** What a field of the class around starts with. */
function fieldValue(node: ts.Node, name: string): ts.Node | undefined {
  let at: ts.Node | undefined = node.parent;
  while (at !== undefined && !ts.isClassLike(at)) at = at.parent;
  const field = at?.members.find((member) => member.name?.getText() === name);
  return field !== undefined && ts.isPropertyDeclaration(field) && field.initializer !== undefined
    ? unwrap(field.initializer)
    : undefined;
}
