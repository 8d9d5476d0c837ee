import { findImports, type Target, target } from './findImports.ts';
import { type ImportRow, importTable, reserved } from './importTable.ts';

/** An import that crosses a line of the table. */
export interface ImportProblem {
  /** Relative to the repository. */
  readonly path: string;
  /** 1-based; 0 for a problem of the file as a whole. */
  readonly line: number;
  readonly message: string;
}

export interface SourceText {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

function matches(pattern: string, name: string): boolean {
  if (pattern.endsWith('*')) return name.startsWith(pattern.slice(0, -1));
  return name === pattern || name.startsWith(`${pattern}/`);
}

function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** `rules/security/x` for a file inside that folder. */
function ruleFolder(path: string): string | undefined {
  return /^rules\/(?!_shared\/)[^/]+\/[^/]+(?=\/)/.exec(path)?.[0];
}

function folderAllowed(row: ImportRow, path: string, file: string, typeOnly: boolean): boolean {
  const own = ruleFolder(path);
  if (row.folder === 'rules' && file.startsWith('rules/')) {
    // The generated index is the one file that sees all rules.
    if (path === 'rules/index.generated.ts') return true;
    return file.startsWith('rules/_shared/') || (own !== undefined && file.startsWith(`${own}/`));
  }
  if (file.startsWith(`${row.folder}/`)) return true;
  return row.folders.some((allowed) => {
    const types = allowed.startsWith('types:');
    const place = types ? allowed.slice('types:'.length) : allowed;
    return (typeOnly || !types) && (file === place || file.startsWith(`${place}/`));
  });
}

function complaint(row: ImportRow | undefined, path: string, found: Target, typeOnly: boolean): string | undefined {
  if ('package' in found) {
    const name = packageName(found.package);
    const rule = reserved.find((entry) => entry.package === name || entry.package === found.package);
    if (rule) return rule.only.some((place) => path === place || path.startsWith(place)) ? undefined : rule.why;
    if (!row || row.packages.some((pattern) => matches(pattern, found.package))) return undefined;
    return row.why;
  }
  return row && !folderAllowed(row, path, found.file, typeOnly) ? row.why : undefined;
}

function style(
  path: string,
  specifier: string,
  found: Target,
  aliases: Readonly<Record<string, string>>,
): string | undefined {
  if ('package' in found) return undefined;
  if (specifier !== '#api' && !/\.(ts|tsx|json|mjs|cjs|js)$/.test(specifier)) {
    return 'imports of our own files name their extension';
  }
  const [from] = path.split('/');
  const [to] = found.file.split('/');
  if (specifier.startsWith('.') && from !== to && Object.hasOwn(aliases, `#${to}/*`)) {
    return `another top-level folder is imported by its alias (#${found.file})`;
  }
  return undefined;
}

/** Tests that hold helpers which rules share to what they say. */
const HELPER_TESTS = 'test/rules/shared/';

function isHelperUser(path: string): boolean {
  return path.startsWith('rules/') || path.startsWith(HELPER_TESTS);
}

/**
 * Helpers that nobody shares: neither used by two rules or helpers, nor tested by themselves, nor a part of one that is.
 */
function lonelyHelpers(users: ReadonlyMap<string, ReadonlySet<string>>, paths: readonly string[]): ImportProblem[] {
  const helpers = paths.filter((path) => path.startsWith('rules/_shared/'));
  const shared = new Set<string>();
  const isShared = (path: string): boolean => {
    const own = [...(users.get(path) ?? [])];
    const isTested = own.some((user) => user.startsWith(HELPER_TESTS));
    return isTested || own.length >= 2 || own.some((user) => shared.has(user));
  };
  for (let before = -1; before < shared.size; ) {
    before = shared.size;
    for (const path of helpers) if (isShared(path)) shared.add(path);
  }
  return helpers
    .filter((path) => !shared.has(path))
    .map((path) => {
      const count = users.get(path)?.size ?? 0;
      const message = `has ${count === 0 ? 'no user' : 'one user'} and no test; a shared helper is born at its second use or with tests of its own, until then it lives in the rule's folder`;
      return { path, line: 0, message };
    });
}

/**
 * Checks every import against the table.
 * @param aliases `imports` of package.json
 */
export function checkImports(
  sources: readonly SourceText[],
  aliases: Readonly<Record<string, string>>,
): readonly ImportProblem[] {
  const problems: ImportProblem[] = [];
  const users = new Map<string, Set<string>>();
  for (const { path, text } of sources) {
    const row = importTable.find((entry) => path.startsWith(`${entry.folder}/`));
    for (const { specifier, line, typeOnly } of findImports(path, text)) {
      const found = target(path, specifier, aliases);
      if (!found) {
        problems.push({ path, line, message: `${specifier} is no alias of package.json#imports` });
        continue;
      }
      if ('file' in found && found.file.startsWith('rules/_shared/') && isHelperUser(path)) {
        const user = ruleFolder(path) ?? path;
        users.set(found.file, (users.get(found.file) ?? new Set()).add(user));
      }
      const message = complaint(row, path, found, typeOnly) ?? style(path, specifier, found, aliases);
      if (message) problems.push({ path, line, message: `imports ${specifier}: ${message}` });
    }
  }
  return [
    ...problems,
    ...lonelyHelpers(
      users,
      sources.map((source) => source.path),
    ),
  ];
}
