import { type Anchor, facet, ts, unwrap } from '#api';
import { isFunctionValue } from '../enclosing.ts';

/** What code shows of how a service is run and watched. */
export type RunningSign = 'signals' | 'metrics' | 'correlation' | 'tracking';

/** What one file shows of how its service is run. */
export interface RunningFacts {
  readonly signs: readonly RunningSign[];
  /** Handlers of signals that end the process and do nothing else. */
  readonly bareExits: readonly Anchor[];
}

type Fact = { readonly sign: RunningSign } | { readonly signal: ts.StringLiteral };

const SIGNAL = /^SIG(?:TERM|INT|QUIT|HUP)$/;
const CORRELATION =
  /^(?:x-)?(?:request|correlation|trace|transaction|amzn-trace|cloud-trace)-?(?:id|context)$|^traceparent$/i;
const CORRELATION_NAME = /^_?(?:req(?:uest)?|correlation|trace)_?id$/i;
const TRACKING = /hooks\.slack\.com|\/api\/webhooks|^(?:sentry|bugsnag|rollbar|honeybadger)\b|pagerduty|opsgenie/i;
const CLOSES =
  /^(?:enableShutdownHooks|closeWithGrace|on(?:Stop|Shutdown|Signal)|\w*graceful\w*|(?:set_?up|init|register|add|install|with|handle|enable|configure|manage)\w*shutdown\w*)$/i;
const TRACKS =
  /^(?:captureException|captureError|trackException|(?:notify|alert|mail|e?mail|message|page)(?:Errors?|Exceptions?|Admins?|Team|Ops|Operators?|Developers?)|report(?:Error|Exception)|send(?:Alert|Error|Exception)\w*|sendTo(?:Slack|Discord|Telegram|Teams))$/i;

/** Handlers of signals, paths of metrics, ids of requests, reports of errors. */
export const runningFacet = facet<Fact, RunningFacts>({
  name: 'project/running',
  collect: {
    StringLiteral(node) {
      const { text } = node;
      if (text.length > 60 || text.length < 6) return undefined;
      if (SIGNAL.test(text)) return { signal: node };
      if (/^\/[\w/-]*metrics$/i.test(text)) return { sign: 'metrics' };
      if (CORRELATION.test(text)) return { sign: 'correlation' };
      return TRACKING.test(text) ? { sign: 'tracking' } : undefined;
    },
    CallExpression: {
      named: (name) => CLOSES.test(name) || TRACKS.test(name),
      listen: ({ expression }) => {
        const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
        if (!ts.isIdentifier(name)) return undefined;
        if (CLOSES.test(name.text)) return { sign: 'signals' };
        return TRACKS.test(name.text) ? { sign: 'tracking' } : undefined;
      },
    },
    NewExpression: {
      named: /^AsyncLocalStorage$/,
      listen: ({ expression }) =>
        ts.isIdentifier(expression) && expression.text === 'AsyncLocalStorage' ? { sign: 'correlation' } : undefined,
    },
    VariableDeclaration: { named: CORRELATION_NAME, listen: ({ name }) => correlating(name) },
    PropertyAssignment: { named: CORRELATION_NAME, listen: ({ name }) => correlating(name) },
    ShorthandPropertyAssignment: { named: CORRELATION_NAME, listen: ({ name }) => correlating(name) },
    BinaryExpression: {
      named: / =$/,
      listen: ({ left, operatorToken: { kind } }) => {
        const isMember = kind === ts.SyntaxKind.EqualsToken && ts.isPropertyAccessExpression(left);
        if (!isMember) return undefined;
        const isRequestId = left.name.text === 'id' && /^(?:req|request)$/.test(left.expression.getText());
        return isRequestId ? { sign: 'correlation' } : correlating(left.name);
      },
    },
  },
  fold(scope, ctx) {
    const signs = new Set<RunningSign>();
    const bareExits: Anchor[] = [];
    for (const fact of scope.all()) {
      if ('sign' in fact) signs.add(fact.sign);
      else if (isBareExit(fact.signal)) bareExits.push(ctx.at(fact.signal.parent));
      else signs.add('signals');
    }
    return { signs: [...signs].sort(), bareExits };
  },
});

function correlating(name: ts.Node): Fact | undefined {
  return ts.isIdentifier(name) && CORRELATION_NAME.test(name.text) ? { sign: 'correlation' } : undefined;
}

/** `process.on('SIGTERM', () => process.exit(0))`, with nothing but a message before it. */
function isBareExit(signal: ts.StringLiteral): boolean {
  const call = signal.parent;
  if (!ts.isCallExpression(call) || !/^process\.(?:on|once|addListener)$/.test(call.expression.getText())) return false;
  const [, given] = call.arguments;
  const handler = given && unwrap(given);
  if (handler === undefined || !isFunctionValue(handler)) return false;
  const { body } = handler;
  const parts = ts.isBlock(body) ? body.statements.map(inStatement) : [body];
  return parts.some(isExit) && parts.every((part) => part !== undefined && (isExit(part) || isMessage(part)));
}

function inStatement(statement: ts.Statement): ts.Expression | undefined {
  return ts.isExpressionStatement(statement) ? statement.expression : undefined;
}

function isExit(node: ts.Expression | undefined): boolean {
  return node !== undefined && ts.isCallExpression(node) && node.expression.getText() === 'process.exit';
}

function isMessage(node: ts.Expression): boolean {
  return ts.isCallExpression(node) && /^(?:console|logger|log)\.\w+$/i.test(node.expression.getText());
}
