import { z } from 'zod';
import { type FileHeader, type RegisteredRule, register, rule } from '#api';
import { parseSource, sourceKind } from '#engine/document/sourceKind.ts';
import type { RawFinding } from '#engine/incremental/rawFinding.ts';
import { ts } from '#engine/ts.ts';
import { createTypeLane, type OpenTree, type TypeLane, type TypeRun } from '#engine/types/typeLane.ts';
import type { Host } from '#engine/workspace/host.ts';
import type { LaneStats, RuleFailure, Scheduler } from '#engine/workspace/workspace.ts';

/** A type lane over a host, with documents that are edited as the engine edits them: one tree per version. */
export interface LaneBench {
  readonly lane: TypeLane;
  readonly failures: RuleFailure[];
  /** These two answer whether the text stayed the same. */
  open(path: string, text: string): boolean;
  close(path: string): boolean;
  /** Replaces the text by an incremental parse of what differs. */
  edit(path: string, text: string): void;
  /** Replaces the trees of all open documents by new ones, as a workspace does when settings changed. */
  reparse(): void;
  tree(path: string): OpenTree | undefined;
  analyze(path: string, scheduler?: Scheduler): Promise<{ findings: readonly RawFinding[]; stats: LaneStats }>;
}

export interface BenchOptions {
  readonly host: Host;
  readonly rules?: readonly RegisteredRule[];
  readonly root?: string;
  readonly paths?: readonly string[];
  readonly maxLength?: number;
}

export function createLaneBench({
  host,
  rules = [typesOfCalls],
  root = '/p',
  paths = [],
  ...rest
}: BenchOptions): LaneBench {
  const documents = new Map<string, OpenTree>();
  const failures: RuleFailure[] = [];
  const lane = createTypeLane({
    root,
    host,
    tree: (path) => documents.get(path),
    openVersion: (path) => documents.get(path)?.version,
    text: (path) => documents.get(path)?.text ?? host.readText(path),
    paths: () => [...new Set([...paths, ...documents.keys()])],
    openPaths: () => [...documents.keys()],
    onFailure: (failure) => failures.push(failure),
    ...rest,
  });
  const open = (path: string, text: string, version: number): void => {
    const kind = sourceKind(path);
    if (kind === undefined) throw new Error(`${path} is not source code`);
    documents.set(path, { file: parseSource(path, text, kind), version, text });
  };
  return {
    lane,
    failures,
    open: (path, text) => lane.exchange(path, () => open(path, text, 1)),
    close: (path) => lane.exchange(path, () => documents.delete(path)),
    edit(path, text) {
      const known = documents.get(path);
      if (known === undefined) throw new Error(`${path} is not open`);
      const file = ts.updateSourceFile(known.file, text, changeBetween(known.text, text));
      documents.set(path, { file, version: known.version + 1, text });
    },
    reparse() {
      for (const [path, { text, version }] of documents) open(path, text, version);
    },
    tree: (path) => documents.get(path),
    async analyze(path, scheduler = patient) {
      const result = await lane.analyze(path, runOf(rules), scheduler);
      if (result === 'superseded') throw new Error('superseded');
      return result;
    },
  };
}

/** Never pauses. */
export const patient: Scheduler = { budget: Number.POSITIVE_INFINITY, pause: async () => {}, superseded: false };

/** Pauses as often as it can. */
export function hasty(): Scheduler & { readonly pauses: number } {
  const scheduler = {
    budget: 0,
    pauses: 0,
    superseded: false,
    pause: () => {
      scheduler.pauses++;
      return new Promise<void>((resolve) => setImmediate(resolve));
    },
  };
  return scheduler;
}

export function runOf(rules: readonly RegisteredRule[], explicit = false): TypeRun {
  return { rules, optionsOf: () => ({}), header: emptyHeader, providers: () => new Set(), env: 'test', explicit };
}

const emptyHeader: FileHeader = {
  imports: new Map(),
  topLevel: new Set(),
  modules: new Set(),
  isTest: false,
  localPath: '/src/orders.ts',
  dependency: () => undefined,
  isForDevelopment: () => false,
  resolve: () => undefined,
};

const meta = {
  priority: 'P3',
  since: 'next',
  summary: 'Shows types.',
  topics: [],
  messages: { type: '{type}' },
} as const;

/** Reports the type of every call that is a statement or initialises a variable. */
export const typesOfCalls = register(
  'types',
  'of-calls',
  rule({
    meta,
    options: z.strictObject({}),
    types: {
      on: {
        CallExpression(node, ctx) {
          ctx.report(node, 'type', { type: ctx.types.checker.typeToString(ctx.types.typeAt(node)) });
        },
      },
    },
  }),
);

/** Reports the type of every variable and expression statement, with unions in a fixed order. */
export const typesOfVariables = register(
  'types',
  'of-variables',
  rule({
    meta,
    options: z.strictObject({}),
    types: {
      on: {
        VariableDeclaration(node, ctx) {
          ctx.report(node.name, 'type', { type: canonical(ctx.types.typeAt(node.name), ctx.types.checker) });
        },
        ExpressionStatement(node, ctx) {
          ctx.report(node.expression, 'type', {
            type: canonical(ctx.types.typeAt(node.expression), ctx.types.checker),
          });
        },
      },
    },
  }),
);

/** The type as text. The compiler prints unions in the order in which it met their members, which says nothing. */
function canonical(type: ts.Type, checker: ts.TypeChecker, depth = 0): string {
  const inner = (part: ts.Type): string => canonical(part, checker, depth + 1);
  if (depth > 6) return checker.typeToString(type);
  if (type.isUnion()) return type.types.map(inner).sort().join(' | ');
  const args = isReference(type) ? checker.getTypeArguments(type) : [];
  if (args.length > 0) return `${type.symbol?.name ?? 'tuple'}<${args.map(inner).join(', ')}>`;
  const signatures = type.getCallSignatures();
  if (signatures.length === 0) return checker.typeToString(type);
  const parameter = (symbol: ts.Symbol): string => inner(checker.getTypeOfSymbol(symbol));
  return signatures
    .map((one) => `(${one.parameters.map(parameter).join(', ')}) => ${inner(one.getReturnType())}`)
    .join(' & ');
}

function isReference(type: ts.Type): type is ts.TypeReference {
  return ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0;
}

/** The smallest change that turns one text into another. */
function changeBetween(before: string, after: string): ts.TextChangeRange {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  ) {
    end++;
  }
  return { span: { start, length: before.length - start - end }, newLength: after.length - start - end };
}

/** Findings as readable lines: `text of the place → type`. */
export function lines(findings: readonly RawFinding[], text: string): readonly string[] {
  return findings.map(({ start, end, data }) => `${text.slice(start, end)} → ${data['type'] ?? ''}`);
}
