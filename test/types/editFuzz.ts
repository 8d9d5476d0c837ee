import type { RawFinding } from '#engine/incremental/rawFinding.ts';
import { ts } from '#engine/ts.ts';
import { createMemoryHost } from '#host/memory.ts';
import { freshTypes } from './freshTypes.ts';
import { createLaneBench, type LaneBench, typesOfVariables } from './laneBench.ts';

/**
 * Random edits of signatures, bodies and globals in a small project of files that import each other. After each edit the
 * long-lived lane analyses the edited file and those that it names as dependants; everything it then knows must equal
 * what a new program of the compiler says about the same texts.
 */
export interface FuzzOptions {
  readonly seed: number;
  readonly edits: number;
  /** Moment, as of `performance.now()`, at which to stop early. */
  readonly deadline?: number;
  /**
   * Breaks the lane on purpose: edits that this holds for are kept from the files that import the edited one. Ends with
   * the first difference.
   */
  readonly forget?: (line: string) => boolean;
}

export interface FuzzReport {
  readonly edits: number;
  readonly findings: number;
  readonly visited: number;
  readonly reused: number;
  readonly differences: readonly FuzzDifference[];
}

export interface FuzzDifference {
  readonly path: string;
  readonly edit: string;
  readonly onlyIncremental: readonly string[];
  readonly onlyFresh: readonly string[];
  readonly texts: Readonly<Record<string, string>>;
}

const LIB = `
interface Array<T> { length: number; [n: number]: T; map<U>(f: (x: T) => U): U[]; filter(f: (x: T) => boolean): T[]; sort(f?: (a: T, b: T) => number): this; push(x: T): number }
interface ReadonlyArray<T> { readonly length: number; readonly [n: number]: T }
interface Boolean {} interface Function {} interface CallableFunction {} interface NewableFunction {} interface IArguments {}
interface Number { toFixed(): string } interface Object {} interface RegExp {} interface String { length: number; split(s: string): string[] }
interface PromiseLike<T> { then<R>(f: (v: T) => R | PromiseLike<R>): PromiseLike<R> }
interface Promise<T> { then<R>(f: (v: T) => R | PromiseLike<R>): Promise<R>; catch(f: (e: any) => void): Promise<T> }
interface PromiseConstructor { resolve<T>(v: T): Promise<T> }
declare var Promise: PromiseConstructor;
type Awaited<T> = T extends PromiseLike<infer U> ? U : T;
interface Iterable<T> {} interface Generator<T, R, N> {}
declare function each<T>(xs: T[], f: (x: T) => void): void;
declare function mk<R>(f: () => R): R;
declare function exit(): never;
declare function log(x?: unknown): void;
`;

type Random = () => number;

/** What a line may be replaced by. Lines of one kind are good for one another. */
type Kind = readonly (() => string)[];

interface Line {
  readonly kind: Kind;
  text: string;
}

function grammar(random: Random) {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const n = (): number => Math.floor(random() * 3);
  const async = (): string => pick(['', '', 'async ']);
  const result = (): string => pick(['', '', '', ': number', ': number[]', ': string', ': void', ': any']);
  const value = (names: readonly string[]): string => {
    const name = pick(names);
    return pick([
      `${name}${n()}()`,
      `${name}${n()}()`,
      '1',
      "'s'",
      '[1, 2]',
      "['a']",
      `[${name}${n()}()]`,
      'undefined',
    ]);
  };

  const bodyLine = (names: readonly string[]): string =>
    pick([
      () => `const v = ${value(names)}; log(v);`,
      () => `log(${value(names)});`,
      () => `${pick(names)}${n()}();`,
      () => `each([1], (x) => { ${pick(names)}${n()}(); log(x); });`,
      () => `each(['a'], (x) => { const y = x; log(y); });`,
      () => `const w = mk(() => ${value(names)}); log(w);`,
      () => `const w = mk(() => { return ${value(names)}; }); log(w);`,
      () => `const w = mk(() => { ${pick([...names, 'die', 'die'])}${n()}(); }); log(w);`,
      () => 'const w = mk(() => { exit(); }); log(w);',
      () => `if (u) { return ${value(names)}; }`,
      () => 'if (!u) { exit(); }',
      () => 'if (typeof u === "string") { const h = () => { const z = u; log(z); }; h(); }',
      () => 'const k = () => { u = undefined; }; k();',
      () => 'const k = () => { log(u); }; k();',
      () => 'for (const q of [1, 2]) { log(q); }',
      () => 'while (u) { log(u); }',
      () => 'throw u;',
      () => `let s = ${value(names)}; const t = () => { const p = s; log(p); }; t();`,
      () =>
        `let r: number[] | undefined = [1]; const j = () => { const p = r; log(p); }; ${pick(['r = undefined;', 'j();', 'each([1], (x) => { r = undefined; });', ''])}`,
      () =>
        `const o = { m() { ${pick(['exit();', 'log();', `return ${value(names)};`])} } }; const om = o.m(); log(om);`,
      () => '',
    ])();
  const lastLine = (names: readonly string[]): string =>
    pick([
      () => `return ${value(names)};`,
      () => `return ${value(names)};`,
      () => `log(${value(names)});`,
      () => 'return;',
      () => 'throw 1;',
      () => '',
    ])();
  const head = (name: string): string =>
    `export ${async()}function ${name}${n()}(u${pick(['?: string', '?: string | number', '?: any'])}, i${pick([' = 1', ': number = 1', " = 's'", ' = [1]'])})${result()} {`;

  const kinds = (own: string, names: readonly string[]) => {
    const body: Kind = [() => bodyLine(names)];
    const last: Kind = [() => lastLine(names)];
    const one = (text: string): Line => ({ kind: [], text });
    const of = (kind: Kind): Line => ({ kind, text: pick(kind)() });
    return {
      function: (): Line[] => [of([() => head(own)]), of(body), of(body), of(last), one('}')],
      arrow: (): Line[] => [
        of([
          () => `export const die${n()} = ${async()}(u?: string | number)${pick(['', '', ': never', ': void'])} => {`,
        ]),
        of([() => pick(['exit();', 'log();', 'throw 1;', 'while (true) { log(); }', `return ${value(names)};`])]),
        one('};'),
      ],
      closures: (): Line[] => [
        one(`export function closures${own}(u?: string | number | number[]): void {`),
        of([() => pick(["if (typeof u !== 'string') { return; }", 'let r: number[] | undefined = [1];', 'log(u);'])]),
        one('const reads = () => {'),
        of([() => pick(['const z = u; log(z);', 'const y = r; log(y);', 'const y = [r, u]; log(y);'])]),
        one('};'),
        one('const writes = () => {'),
        of([
          () =>
            pick([
              'u = undefined;',
              'log(u);',
              'r = undefined;',
              '[u] = [1];',
              'const r = 1; u++;',
              'log(() => { u = 1; });',
            ]),
        ]),
        one('};'),
        one('reads(); writes();'),
        one('}'),
      ],
      class: (): Line[] => [
        one(`export class C${own} {`),
        of([
          () => pick(['field;', 'field;', 'field: number[] = [];', 'field = 1;', "field = 's';", 'field?: string;']),
        ]),
        one('constructor() {'),
        of([
          () =>
            pick(["this.field = 's';", 'this.field = [1];', 'log(this);', 'const c = () => { this.field = 1; }; c();']),
        ]),
        one('}'),
        of([() => `method()${result()} {`]),
        of([
          () =>
            pick([() => 'const f = this.field; log(f);', () => bodyLine(names).replaceAll(/\bu\b/g, 'this.field')])(),
        ]),
        of(last),
        one('}'),
        of([() => `get value()${pick(['', '', ': number'])} {`]),
        of([() => `return ${value(names)};`]),
        one('}'),
        one('}'),
        of([
          () =>
            `export const inst = new C${own}(); const got = inst.${pick(['field', 'method()', 'value'])}; log(got);`,
        ]),
      ],
      top: (): Line[] => [
        of([() => pick([() => `const top = ${value(names)}; log(top);`, () => `log(${value(names)});`, () => ''])()]),
      ],
    };
  };
  return kinds;
}

/** Texts of the project, as lines that know what they may become. */
function project(random: Random): Map<string, Line[]> {
  const kinds = grammar(random);
  const file = (own: string, names: readonly string[], imports: string, withClass: boolean): Line[] => {
    const make = kinds(own, names);
    const lines: Line[] = imports === '' ? [] : [{ kind: [], text: imports }];
    for (let index = 0; index < 3; index++) lines.push(...make.function());
    lines.push(...make.arrow(), ...make.arrow(), ...make.closures());
    if (withClass) lines.push(...make.class());
    lines.push(...make.top(), ...make.top());
    return lines;
  };
  return new Map([
    ['/p/a.ts', file('f', ['f', 'glob'], '', true)],
    ['/p/b.ts', file('g', ['f', 'g', 'f'], "import { f0, f1, f2 } from './a';", false)],
    ['/p/c.ts', file('h', ['g', 'h'], "import { g0, g1, g2 } from './b';", true)],
    ['/p/s.ts', file('glob', ['glob'], '', false).map((line) => unexported(line))],
  ]);
}

/** Lines of a script: their names are global. */
function unexported({ kind, text }: Line): Line {
  const strip = (from: string): string => from.replace(/^export /, '').replace(/\bdie(\d)/g, 'gdie$1');
  return { kind: kind.map((make) => () => strip(make())), text: strip(text) };
}

const textOf = (lines: readonly Line[]): string => `${lines.map(({ text }) => text).join('\n')}\n`;

const CONFIG = JSON.stringify({
  compilerOptions: { strict: true, noLib: true, target: 'es2022', types: [] },
  include: ['*.ts'],
});

/** The same as {@link CONFIG} says. */
const COMPILER: ts.CompilerOptions = { strict: true, noLib: true, target: ts.ScriptTarget.ES2022, types: [] };

function benchFor(texts: ReadonlyMap<string, string>): LaneBench {
  const host = createMemoryHost({ '/p/tsconfig.json': CONFIG, '/p/lib.d.ts': LIB, ...Object.fromEntries(texts) });
  const bench = createLaneBench({ host, rules: RULES });
  for (const [path, text] of texts) bench.open(path, text);
  return bench;
}

const RULES = [typesOfVariables];

const shown = (findings: readonly RawFinding[]): readonly string[] =>
  findings.map(({ start, end, data }) => `${start}-${end} ${data['type'] ?? ''}`).sort();

export async function fuzzTypes({
  seed,
  edits,
  deadline = Number.POSITIVE_INFINITY,
  forget,
}: FuzzOptions): Promise<FuzzReport> {
  const random = seeded(seed);
  const differences: FuzzDifference[] = [];
  let findings = 0;
  let visited = 0;
  let reused = 0;
  let done = 0;
  const compiler = freshTypes(typesOfVariables, COMPILER, LIB);
  while (done < edits && performance.now() < deadline && (forget === undefined || differences.length === 0)) {
    const lines = project(random);
    const texts = new Map([...lines].map(([path, list]) => [path, textOf(list)]));
    const bench = benchFor(texts);
    for (const path of texts.keys()) await bench.analyze(path);
    for (let step = 0; step < 40 && done < edits; step++) {
      const [path, list] = [...lines][Math.floor(random() * lines.size)] ?? [];
      const line = list?.[Math.floor(random() * list.length)];
      const make = line?.kind[0];
      if (path === undefined || list === undefined || line === undefined || make === undefined) continue;
      const before = line.text;
      line.text = make();
      if (line.text === before) continue;
      done++;
      texts.set(path, textOf(list));
      bench.edit(path, textOf(list));
      bench.lane.staleImporters();
      const { stats } = await bench.analyze(path);
      visited += stats.visited;
      reused += stats.reused;
      const dependants = bench.lane.staleImporters();
      if (forget?.(line.text) !== true) {
        for (const dependant of dependants) {
          const again = await bench.analyze(dependant);
          visited += again.stats.visited;
          reused += again.stats.reused;
        }
      }
      const fresh = compiler.check(texts);
      let different = false;
      for (const [other, text] of texts) {
        const incremental = shown(bench.lane.current(other));
        const expected = shown(fresh.get(other) ?? []);
        findings += expected.length;
        if (incremental.join('\n') === expected.join('\n')) continue;
        different = true;
        const place = (entry: string): string => {
          const [from = 0, to = 0] = (entry.split(' ')[0] ?? '').split('-').map(Number);
          return `${entry} in ${text.slice(from, to)}`;
        };
        differences.push({
          path: other,
          edit: `${path}: ${before} ⇒ ${line.text}`,
          onlyIncremental: incremental.filter((entry) => !expected.includes(entry)).map(place),
          onlyFresh: expected.filter((entry) => !incremental.includes(entry)).map(place),
          texts: Object.fromEntries(texts),
        });
      }
      if (bench.failures.length > 0) throw new Error(bench.failures[0]?.error);
      // A wrong result would be found again after every further edit.
      if (different) break;
    }
  }
  return { edits: done, findings, visited, reused, differences };
}

/** A small generator with a known sequence (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
