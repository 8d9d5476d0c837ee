import { facet, type SourceFacetContext, ts } from '#api';
import { calledNames } from '../../_shared/calledNames.ts';
import { requiredModule } from '../../_shared/loadedModule.ts';
import { exportsOf } from '../../_shared/moduleExports.ts';
import { calleeName } from '../../_shared/testing/hooks.ts';
import { isNamedTest, isRunnerCall, mayBeThread, RUNNER_NAMES } from '../../_shared/testing/suites.ts';
import { handsOut, offersOf, runsOnImport } from './exported.ts';
import { type Handle, handleOf } from './handles.ts';
import { type ImportedUse, importedUses, isFromProject } from './imported.ts';
import { isMaker, MAKERS } from './makers.ts';
import type { Origin, Reference } from './origins.ts';
import { type OpenServer, openServers } from './problems.ts';
import { type Given, mayStart, STARTS, startsOf } from './starts.ts';

export interface ServerFacts {
  /** In tests: what they leave open themselves. */
  readonly open: readonly OpenServer[];
  /** In tests: calls of imported functions that may start a server, and imports that may. */
  readonly uses: readonly ImportedUse[];
  /** In tests: `module#name` of imported things that are closed, or called while cleaning up. */
  readonly cleaned: readonly string[];
  /** Exported functions that start a server and hand it out. */
  readonly starters: readonly Conditional[];
  /** Set when loading the module opens a port. */
  readonly startsOnImport: readonly Conditional[];
  /** What can listen of what it exports, by exported name. */
  readonly offers: Readonly<Record<string, Origin | Reference>>;
}

/** An exported name, empty for the default export, that holds if another module hands out what is needed. */
export interface Conditional {
  readonly name: string;
  readonly given?: Given;
}

type Fact =
  | { readonly kind: 'close'; readonly node: ts.CallExpression }
  | { readonly kind: 'call'; readonly node: ts.CallExpression | ts.NewExpression }
  | { readonly kind: 'imported'; readonly node: ts.Identifier }
  | { readonly kind: 'made' | 'suite' | 'import' };

/** Servers by file: where they are made, started, handed out and closed. */
export const serverFacet = facet<Fact, ServerFacts>({
  name: 'resources/servers',
  collect: {
    CallExpression: { named: mayMakeOrStart, imported: true, listen: made },
    NewExpression: { named: mayMakeOrStart, imported: true, listen: made },
  },
  collectInTests: {
    CallExpression: {
      named: (name) => name === 'close' || name === 'require' || RUNNER_NAMES.test(name),
      imported: true,
      listen: (node, { header }): Fact | undefined => {
        if (node.arguments.length === 0 && calleeName(node) === 'close') return { kind: 'close', node };
        if (loadsFile(node)) return { kind: 'import' };
        return isRunnerCall(node, header) ? { kind: 'suite' } : undefined;
      },
    },
    ImportDeclaration: ({ moduleSpecifier }): Fact | undefined =>
      ts.isStringLiteral(moduleSpecifier) && moduleSpecifier.text.startsWith('.') ? { kind: 'import' } : undefined,
    Identifier: {
      imported: true,
      listen: (node, { header }): Fact | undefined =>
        isFromProject(header.imports.get(node.text)) ? { kind: 'imported', node } : undefined,
    },
  },
  fold(scope, ctx) {
    const facts = [...scope.all()];
    const handles = facts
      .flatMap((fact) => (fact.kind === 'call' ? startsOf(fact.node, ctx) : []))
      .sort((a, b) => a.call.pos - b.call.pos)
      .map((start) => handleOf(start, ctx));
    const exported = exportsOf(ctx.file.statements);
    const starters = [...exported].flatMap(([name, value]) =>
      ts.isFunctionLike(value)
        ? handles.filter((handle) => handsOut(value, handle)).map((handle) => conditional(name, handle))
        : [],
    );
    const startsOnImport = handles
      .filter(({ start }) => runsOnImport(start.call, ctx.file))
      .map((handle) => conditional('', handle));
    const { isTest } = ctx.header;
    // Helpers and scripts beside tests may be run as processes of their own, or closed by a caller.
    const holdsTests = isTest && (isNamedTest(ctx.path) || facts.some(({ kind }) => kind === 'suite'));
    const closes = facts.flatMap((fact) => (fact.kind === 'close' ? [fact.node] : []));
    const open = holdsTests && !mayBeThread(ctx.header) ? openServers(handles, closes, ctx) : [];
    const names = facts.flatMap((fact) => (fact.kind === 'imported' ? [fact.node] : []));
    const imported = isTest ? importedUses(names, ctx) : { uses: [], cleaned: [] };
    const offers = offersOf(exported, ctx);
    const said = [open, imported.uses, imported.cleaned, starters, startsOnImport, Object.keys(offers)];
    if (said.every((list) => list.length === 0)) return undefined;
    return { open, ...imported, starters, startsOnImport, offers };
  },
});

const MADE = calledNames([...MAKERS.keys(), ...STARTS]);

/** By the name of what is called, when that is no import. */
function mayMakeOrStart(name: string): boolean {
  return name === 'listen' || name === 'createNestApplication' || MADE.has(name);
}

function made(
  node: ts.CallExpression | ts.NewExpression,
  { header }: Pick<SourceFacetContext, 'header'>,
): Fact | undefined {
  if (mayStart(node, header)) return { kind: 'call', node };
  return isMaker(node, header) ? { kind: 'made' } : undefined;
}

/** `require('./server')`. */
function loadsFile(call: ts.CallExpression): boolean {
  return requiredModule(call)?.startsWith('.') === true;
}

function conditional(name: string, { start: { given } }: Handle): Conditional {
  return given === undefined ? { name } : { name, given };
}
