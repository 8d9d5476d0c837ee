import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { type Directives, type Expectation, parseAnnotated } from './annotations.ts';
import { type Files, inRoot } from './virtualFiles.ts';

/** A small workspace with what a rule is expected to find in it. */
export interface Fixture {
  /** File or folder name without extension, e.g. `bad`. */
  readonly name: string;
  /** Path of the file or folder on disk. */
  readonly place: string;
  readonly files: Files;
  /** Where each of them stands on disk, by path in the workspace; a `package.json` made of directives stands nowhere. */
  readonly places: ReadonlyMap<string, string>;
  /** By path in the workspace. */
  readonly expectations: ReadonlyMap<string, readonly Expectation[]>;
  /** Options of the rule, where the fixture sets some. */
  readonly options: unknown;
  /** Why the rule does not see the problem shown here; such a fixture has to be silent. */
  readonly miss: string | undefined;
  /** A folder of several files. */
  readonly folder: boolean;
  /** Expected texts by what makes them: `fixed` for all safe fixes, `suggest-1` for the first suggested one … */
  readonly twins: ReadonlyMap<string, Fixture>;
}

const twinName = /^(.+)\.(fixed|suggest-[1-9])$/;

function filesIn(folder: string, prefix = ''): readonly string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = `${prefix}${entry.name}`;
    return entry.isDirectory() ? filesIn(folder, `${path}/`) : [path];
  });
}

function packageJson(packages: Readonly<Record<string, string>>): string {
  return `${JSON.stringify({ name: 'fixture', private: true, dependencies: packages }, undefined, 2)}\n`;
}

type PlainFixture = Omit<Fixture, 'twins'>;

function makeFixture(
  name: string,
  place: string,
  sources: Readonly<Record<string, string>>,
  folder: boolean,
  inherited: Directives = {},
): PlainFixture {
  const files = new Map<string, string>();
  const places = new Map<string, string>();
  const expectations = new Map<string, readonly Expectation[]>();
  let all: Directives = inherited;
  for (const [relative, source] of Object.entries(sources)) {
    const onDisk = folder ? join(place, relative) : place;
    const parsed = parseAnnotated(source, onDisk);
    all = { ...all, ...parsed.directives };
    const path = inRoot((folder ? parsed.directives.path : all.path) ?? (folder ? relative : `src/${relative}`));
    files.set(path, parsed.text);
    places.set(path, onDisk);
    if (parsed.expectations.length > 0) expectations.set(path, parsed.expectations);
  }
  const manifest = inRoot('package.json');
  if (all.packages && !files.has(manifest)) files.set(manifest, packageJson(all.packages));
  return { name, place, files, places, expectations, options: all.options, miss: all.miss, folder };
}

/** Directives of a single-file fixture; its twins inherit them. */
function directivesOf(source: string, place: string): Directives {
  return parseAnnotated(source, place).directives;
}

/** All fixtures of a rule folder, each with its twins. Throws for a twin without fixture. */
export function fixturesOf(ruleFolder: string): readonly Fixture[] {
  const folder = join(ruleFolder, 'fixtures');
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const extension = entry.isDirectory() ? '' : extname(entry.name);
    const stem = entry.name.slice(0, entry.name.length - extension.length);
    const [, base = stem, kind] = twinName.exec(stem) ?? [];
    return { entry, extension, base, kind, place: join(folder, entry.name) };
  });
  const read = (place: string): string => readFileSync(place, 'utf8');
  const load = ({ entry, extension, base, place, kind }: (typeof entries)[number]): PlainFixture => {
    if (!entry.isDirectory()) {
      const owner = kind === undefined ? place : join(folder, `${base}${extension}`);
      return makeFixture(
        base,
        place,
        { [`${base}${extension}`]: read(place) },
        false,
        directivesOf(read(owner), owner),
      );
    }
    const sources = filesIn(place).map((path): [string, string] => [path, read(join(place, path))]);
    return makeFixture(base, place, Object.fromEntries(sources), true);
  };
  for (const { base, extension, kind, place } of entries) {
    const owner = entries.some(
      (other) => other.kind === undefined && other.base === base && other.extension === extension,
    );
    if (kind !== undefined && !owner) throw new Error(`${place} is the twin of a fixture that is not there.`);
  }
  return entries
    .filter((entry) => entry.kind === undefined)
    .map((entry) => {
      const twins = entries
        .filter((other) => other.kind !== undefined && other.base === entry.base && other.extension === entry.extension)
        .map((other): [string, Fixture] => [other.kind ?? '', { ...load(other), twins: new Map() }]);
      return { ...load(entry), twins: new Map(twins) };
    });
}
