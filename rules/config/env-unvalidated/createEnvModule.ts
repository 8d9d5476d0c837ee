import { type Finding, type FixContext, type FixEdit, type FixSource, refactor, ts } from '#api';
import { unwantedVariables } from '../../_shared/auth/bypasses/unwantedVariables.ts';
import { hasEnvironment } from '../../_shared/env/envRead.ts';
import { lineEnd, quoteMark } from '../../_shared/layout.ts';
import { specifierFor } from '../../_shared/moduleSpecifier.ts';
import { addDependency } from '../../_shared/project/addDependency.ts';
import { statementEnd } from '../../_shared/statementEnd.ts';
import { envFacet } from './envFacet.ts';
import { type EnvVariable, variablesOf } from './envSchema.ts';
import { openReads } from './openReads.ts';
import { byPackage, type PackageEnv } from './packages.ts';
import { destructuredWith, importOfEnv, type Replacement, replacement } from './replacement.ts';
import { type SettingsFile, settingsFile } from './settingsFile.ts';

interface Options {
  readonly ignore: readonly string[];
}

/** Writes the module, makes every read of the package use it, and adds zod to package.json. */
export async function createEnvModule(
  ctx: FixContext<Options>,
  finding: Finding,
): Promise<readonly FixEdit[] | undefined> {
  const home = byPackage(rootOf(finding), ctx.all(envFacet)).find(({ folder }) => folder === finding.data['folder']);
  if (home === undefined) return undefined;
  const ignored = new Set([...ctx.options.ignore, ...unwantedVariables(ctx)]);
  const reads = openReads(home, [], ignored);
  const modulePath = freePath(home, ctx);
  if (reads.length === 0 || modulePath === undefined) return undefined;
  const sources = new Map<string, FixSource>();
  for (const { path } of reads) {
    const source = ctx.source(path);
    if (source !== undefined) sources.set(path, source);
  }
  // In a page the module would find nothing of what it checks.
  if (![...sources.values()].every(({ header }) => hasEnvironment({ path: modulePath, header, exists: ctx.exists })))
    return undefined;
  const style = styleOf(ctx);
  // What a destructuring takes besides has to stay readable once the object on its right is another one.
  const beside = reads.flatMap(({ path, read }) => {
    const source = sources.get(path);
    const span = ctx.spanOf(path, envFacet, read.at);
    return source === undefined || span === undefined ? [] : destructuredWith(source, span);
  });
  const variables = variablesOf(
    reads.map(({ read }) => read),
    beside,
    style.quote,
  );
  const isCommonJs = [...sources.values()].every(isCommonJsFile) && !modulePath.endsWith('.ts');
  const edits = await refactor([...sources.values()], ({ replace }) => {
    for (const [path, source] of sources) {
      const local = source.header.topLevel.has('env') ? 'environment' : 'env';
      const changes = new Map<number, Replacement>();
      for (const { read } of reads.filter((one) => one.path === path)) {
        const span = ctx.spanOf(path, envFacet, read.at);
        const variable = variables.find(({ name }) => name === read.name);
        const change = span === undefined ? undefined : replacement(source, span, read.name, local, variable);
        // Names destructured together share one change.
        if (change !== undefined) changes.set(change.span.start, change);
      }
      const specifier = specifierFor(path, modulePath, source.file, home.facts?.isModule === true);
      replace(path, [...changes.values(), importOfEnv(source, specifier, 'env', local, !isCommonJs)]);
    }
  });
  const create = moduleText(variables, isCommonJs, settingsFile(home, ctx), style);
  return [
    { path: modulePath, create },
    ...edits,
    ...(home.facts === undefined || home.facts.hasZod ? [] : addDependency(home.folder, 'zod', '^4.0.0', ctx)),
  ];
}

/** The finding's data names the package folder; any folder above it serves to cut paths. */
function rootOf(finding: Finding): string {
  return String(finding.data['folder']);
}

/** How the module is written: as the file in which the finding stands. */
interface Style {
  readonly newLine: string;
  readonly indent: string;
  readonly quote: string;
  readonly end: string;
}

function styleOf({ text, file }: FixContext<Options>): Style {
  const indent = /^(?:\t| {2,4}(?=\S))/m.exec(text)?.[0] ?? '  ';
  return { newLine: lineEnd(text), indent, quote: quoteMark(text), end: statementEnd(file) };
}

/** The first place for the module that is not taken. */
function freePath(home: PackageEnv, ctx: FixContext<Options>): string | undefined {
  const usesSource = home.files.some(({ path }) => path.startsWith(`${home.folder}/src/`));
  const isTypeScript = home.files.some(({ path }) => /\.[cm]?tsx?$/.test(path));
  const folder = usesSource ? `${home.folder}/src` : home.folder;
  const extension = isTypeScript ? 'ts' : 'js';
  return ['env', 'config/env', 'validatedEnv']
    .map((name) => `${folder}/${name}.${extension}`)
    .find((path) => ctx.source(path) === undefined);
}

function isCommonJsFile(source: FixSource): boolean {
  return !source.file.statements.some(
    (s) => ts.isImportDeclaration(s) || ts.isExportDeclaration(s) || ts.isExportAssignment(s),
  );
}

function moduleText(
  variables: readonly EnvVariable[],
  isCommonJs: boolean,
  loaded: SettingsFile | undefined,
  { newLine, indent, quote, end }: Style,
): string {
  const lines = variables.map(({ name, schema }) => `${indent}${name}: ${schema},`);
  const imported = (bound: string, from: string): string => {
    if (isCommonJs) return `${bound === '' ? '' : `const ${bound} = `}require(${quote}${from}${quote})${end}`;
    return `import ${bound === '' ? '' : `${bound} from `}${quote}${from}${quote}${end}`;
  };
  const loading = loaded && (loaded.how === '' ? imported('', 'dotenv/config') : imported('{ config }', 'dotenv'));
  return [
    ...(loading === undefined ? [] : [loading]),
    imported('{ z }', 'zod'),
    '',
    ...(loaded === undefined || loaded.how === '' ? [] : [`config(${loaded.how})${end}`, '']),
    'const schema = z.object({',
    ...lines,
    `})${end}`,
    '',
    '/** The environment of this service, checked once at start-up: a bad variable stops it before it serves anything. */',
    `${isCommonJs ? '' : 'export '}const env = schema.parse(process.env)${end}`,
    ...(isCommonJs ? ['', `module.exports = { env }${end}`] : []),
    '',
  ].join(newLine);
}
