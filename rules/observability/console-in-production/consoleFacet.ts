import { type Anchor, facet, ts } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { makesLogger } from '../../_shared/loggerPackages.ts';
import { exportsAround } from '../../_shared/moduleExports.ts';
import { consoleLevel, isForTheScreen, isServiceFile, METHODS } from './consoleCalls.ts';

/** What a file tells about logging. */
export interface ConsoleFacts {
  /** How often it writes to the console of a service. */
  readonly count: number;
  /** The first such call. */
  readonly first: Anchor | undefined;
  /** The logger that it exports. */
  readonly logger: ExportedLogger | undefined;
}

/** A logger that other files can import. */
export interface ExportedLogger {
  /** Exported name; empty for the default export. */
  readonly name: string;
  /** Package that makes it. */
  readonly package: string;
  /** Files of the project that its file imports. */
  readonly imports: readonly string[];
}

type Fact = { readonly kind: 'console' | 'logger'; readonly node: ts.CallExpression | ts.NewExpression };

const MAKERS = /^(?:pino|createLogger|getLogger|Logger|bunyan|createConsola)$/;
/** Loggers whose methods are called as those of the console. */
const PACKAGES = /^(?:pino|winston|bunyan|log4js|tslog|consola)(?:#|$)/;

/** Calls of the console in code of services, and the loggers of a project. */
export const consoleFacet = facet<Fact, ConsoleFacts>({
  name: 'observability/console',
  collect: {
    CallExpression: {
      named: (name) => METHODS.has(name) || MAKERS.test(name),
      listen: (node, { header }) => {
        if (consoleLevel(node, header) !== undefined)
          return isServiceFile(header) ? { kind: 'console', node } : undefined;
        return isMaker(node) && makesOne(header.resolve(node.expression)) ? { kind: 'logger', node } : undefined;
      },
    },
    NewExpression: {
      named: MAKERS,
      listen: (node, { header }) =>
        isMaker(node) && makesOne(header.resolve(node.expression)) ? { kind: 'logger', node } : undefined,
    },
  },
  fold(scope, ctx) {
    const facts = [...scope.all()].sort((a, b) => a.node.pos - b.node.pos);
    const made = facts.flatMap(({ kind, node }) => (kind === 'logger' ? [node] : []));
    if (made.length > 0) {
      const logger = exportedLogger(made, ctx);
      return logger && { count: 0, first: undefined, logger };
    }
    if (ctx.file.text.startsWith('#!')) return undefined;
    const calls = facts.filter(({ node }) => !isForTheScreen(node));
    const [first] = calls;
    return first && { count: calls.length, first: ctx.at(first.node.expression), logger: undefined };
  },
});

function isMaker(node: ts.CallExpression | ts.NewExpression): boolean {
  return MAKERS.test(calledName(node) ?? '');
}

function makesOne(reference: string | undefined): boolean {
  return reference !== undefined && PACKAGES.test(reference) && makesLogger(reference);
}

function exportedLogger(
  made: readonly (ts.CallExpression | ts.NewExpression)[],
  { file, header, lookup }: Parameters<NonNullable<typeof consoleFacet.fold>>[1],
): ExportedLogger | undefined {
  for (const [name, value] of exportsAround(file, made)) {
    if (ts.isFunctionLike(value)) continue;
    const maker = made.find((call) => call === value || (ts.isIdentifier(value) && isHeld(value, call, lookup)));
    const reference = maker && header.resolve(maker.expression);
    if (reference === undefined) continue;
    const imports = [...header.modules].filter((module) => module.startsWith('.')).sort();
    return { name, package: reference.split('#')[0] ?? '', imports };
  }
  return undefined;
}

function isHeld(
  name: ts.Identifier,
  call: ts.Node,
  lookup: (name: ts.Identifier) => ts.Declaration | undefined,
): boolean {
  const declaration = ts.isVariableDeclaration(name.parent) ? name.parent : lookup(name);
  return declaration !== undefined && ts.isVariableDeclaration(declaration) && declaration.initializer === call;
}
