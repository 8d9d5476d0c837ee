import type { RegisteredRule, TypeContext, TypeQuery } from '#api';
import { parseSource } from '#engine/document/sourceKind.ts';
import type { RawFinding } from '#engine/incremental/rawFinding.ts';
import { ts } from '#engine/ts.ts';
import { createTypeQuery } from '#engine/types/typeQuery.ts';
import { runOf } from './laneBench.ts';

const { header, providers } = runOf([]);

/** Findings of a rule with a `types` check, as a compiler that knows nothing from before has them. */
export interface FreshTypes {
  /** Checks all texts, by path, with a new program and checker. Findings by path, with absolute offsets. */
  check(texts: ReadonlyMap<string, string>): ReadonlyMap<string, readonly RawFinding[]>;
}

/**
 * What the lane must agree with, made without any of its parts: the compiler's own program and one walk over all nodes.
 * Trees of texts that are the same as before are used again, because parsing decides nothing here and costs most.
 */
export function freshTypes(rule: RegisteredRule, options: ts.CompilerOptions, lib: string): FreshTypes {
  const trees = new Map<string, ts.SourceFile>();
  const treeOf = (path: string, text: string): ts.SourceFile => {
    const known = trees.get(path);
    if (known?.text === text) return known;
    const tree = parseSource(path, text, ts.ScriptKind.TS);
    trees.set(path, tree);
    return tree;
  };
  return {
    check(texts) {
      const all = new Map([...texts, ['/p/lib.d.ts', lib]]);
      const program = ts.createProgram([...all.keys()], options, {
        fileExists: (path) => all.has(path),
        readFile: (path) => all.get(path),
        getSourceFile(path) {
          const text = all.get(path);
          return text === undefined ? undefined : treeOf(path, text);
        },
        getDefaultLibFileName: () => '/none',
        getCurrentDirectory: () => '/p',
        getCanonicalFileName: (path) => path,
        useCaseSensitiveFileNames: () => true,
        getNewLine: () => '\n',
        writeFile() {
          throw new Error('a check writes nothing');
        },
      });
      const types = createTypeQuery(program.getTypeChecker());
      return new Map([...texts.keys()].map((path) => [path, found(rule, program.getSourceFile(path), types)]));
    },
  };
}

function found(rule: RegisteredRule, file: ts.SourceFile | undefined, types: TypeQuery): readonly RawFinding[] {
  const findings: RawFinding[] = [];
  if (file === undefined) return findings;
  const context: TypeContext<string, unknown> = {
    path: file.fileName,
    header,
    providers,
    types,
    options: {},
    report(at, messageId, data = {}) {
      const start = 'kind' in at ? at.getStart(file) : at.start;
      findings.push({ rule: rule.id, messageId, start, end: at.end, data, related: [] });
    },
  };
  const on = rule.types?.on as Readonly<Record<string, (node: ts.Node, ctx: typeof context) => void>>;
  const listeners = new Map(Object.entries(on).map(([kind, run]) => [ts.SyntaxKind[kind as 'Block'], run]));
  const visit = (node: ts.Node): void => {
    listeners.get(node.kind)?.(node, context);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return findings;
}
