import { type FileHeader, type ImportedName, type Listeners, ts, unwrap } from '#api';
import { byHeader } from '../../byHeader.ts';
import { byName } from '../../byName.ts';
import { calledName, memberAccess } from '../../calls.ts';
import { CLOSING, mayOpen, startsDatabase } from '../../data/openers.ts';

/** What a statement tells about connections in tests. */
export type ConnectionFact =
  | { readonly kind: 'open'; readonly node: ts.CallExpression | ts.NewExpression }
  /** Starts a database of its own for the tests. */
  | { readonly kind: 'server'; readonly node: ts.CallExpression }
  /** Closes something, by its name. */
  | { readonly kind: 'close'; readonly node: ts.CallExpression }
  /** Calls, or calls a member of, something imported from the project that goes by the name of a client or opens one. */
  | { readonly kind: 'use'; readonly node: ts.CallExpression; readonly root: ts.Identifier }
  /** Runs something imported when tests are done: `afterAll(closeDatabase)`. */
  | { readonly kind: 'cleanup'; readonly name: ts.Identifier }
  | { readonly kind: 'mock'; readonly module: string };

/** Names that clients and what opens them go by. */
const CLIENT_NAME =
  /prisma|knex|sequeli|pool|redis|mongo|postgres|mysql|kafka|amqp|queue|(?:^|[a-z_])d(?:b|B)(?:$|[A-Z_])|^db|Db|DB|database|dataSource|DataSource|connect|sql|orm\b|client$/i;

/** Files that prepare tests or clean up behind them, wherever they lie. */
export const SETUP_FILE = /(?:setup|teardown|jest|vitest|mocha|hooks|global|test-?(?:utils?|helpers?))[^/]*$/i;

const HOOK = /^(?:afterAll|afterEach|after|teardown|suiteTeardown|onTestFinished|registerTeardown)$/;
const CLEANS = /clos|disconnect|stop|shut|tear|destroy|clean|end|quit|dispose|kill|exit|drop|reset|after/i;

const MOCK = /^(?:mock|doMock|unstable_mockModule|mockModule)$/;

/** What a call is to clients by its name alone. */
const roleOf = byName((name) => {
  if (CLOSING.test(name)) return 'closes';
  if (HOOK.test(name)) return 'hook';
  return MOCK.test(name) ? 'mocks' : undefined;
});

/** What a file has to do with connections, whatever it calls. */
interface Part {
  /** Something is told but what it opens. */
  readonly tests: boolean;
  /** Names of clients, and of what opens them, that it imports from the project. */
  readonly clients: ReadonlySet<string>;
}

const partOf = byHeader(({ imports, isTest, localPath }): Part => {
  const tests = isTest || SETUP_FILE.test(localPath);
  const clients = new Set<string>();
  if (tests) {
    for (const [local, imported] of imports) if (CLIENT_NAME.test(local) && isOwn(imported)) clients.add(local);
  }
  return { tests, clients };
});

/** Reads the visited node and the header. */
export const collectors: Listeners<
  { readonly header: FileHeader },
  ConnectionFact | readonly ConnectionFact[] | undefined
> = {
  NewExpression: (node, { header }) => (mayOpen(node, header) ? { kind: 'open', node } : undefined),
  CallExpression(node, { header }) {
    if (mayOpen(node, header)) return { kind: 'open', node };
    const { tests, clients } = partOf(header);
    if (!tests) return undefined;
    const name = calledName(node);
    if (name === undefined) return undefined;
    if (startsDatabase(node, header)) return { kind: 'server', node };
    const role = roleOf(name);
    if (role === 'closes') return { kind: 'close', node };
    if (ts.isIdentifier(node.expression) && header.imports.has(name) && CLEANS.test(name))
      return { kind: 'close', node };
    if (role === 'hook') return cleanups(node, header);
    const [first] = node.arguments;
    if (role === 'mocks' && first !== undefined) {
      return ts.isStringLiteralLike(first) ? { kind: 'mock', module: first.text } : undefined;
    }
    const root = clients.size > 0 ? rootOf(node) : undefined;
    return root !== undefined && clients.has(root.text) ? { kind: 'use', node, root } : undefined;
  },
};

function cleanups(node: ts.CallExpression, header: FileHeader): readonly ConnectionFact[] {
  return node.arguments.flatMap((argument): ConnectionFact[] => {
    const name = unwrap(argument);
    return ts.isIdentifier(name) && isFromProject(name, header) ? [{ kind: 'cleanup', name }] : [];
  });
}

/** The name a chain of members and calls begins with: `prisma` of `prisma.user.findMany()`. */
function rootOf(call: ts.CallExpression): ts.Identifier | undefined {
  let node: ts.Node = call.expression;
  for (let steps = 0; steps < 12; steps++) {
    const member = memberAccess(node);
    if (member !== undefined) node = unwrap(member.receiver);
    else if (ts.isCallExpression(node)) return undefined;
    else return ts.isIdentifier(node) ? node : undefined;
  }
  return undefined;
}

/** Whether a name is imported from another file of the project, by the look of the module. */
export function isFromProject(name: ts.Identifier, header: FileHeader): boolean {
  const imported = header.imports.get(name.text);
  return imported !== undefined && isOwn(imported);
}

function isOwn({ typeOnly, module }: ImportedName): boolean {
  return !typeOnly && /^(?:[.~#]|@\/|src\/|test\/|tests\/)/.test(module);
}
