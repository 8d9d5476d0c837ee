import type { FormatLanguage } from './types.ts';

/** What the engine reads: source code, or one of the text formats. */
export type DocumentLanguage = FormatLanguage | 'source';

const BY_EXTENSION: ReadonlyMap<string, DocumentLanguage> = new Map([
  ...['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs'].map((extension) => [extension, 'source'] as const),
  ...['json', 'jsonc', 'json5', 'code-workspace', 'webmanifest'].map((extension) => [extension, 'json'] as const),
  ['yaml', 'yaml'],
  ['yml', 'yaml'],
  ['dockerfile', 'dockerfile'],
  ['containerfile', 'dockerfile'],
  ['html', 'html'],
  ['htm', 'html'],
  ['md', 'markdown'],
  ['markdown', 'markdown'],
  ['prisma', 'prisma'],
  ['env', 'dotenv'],
  // What a build leaves out: `.dockerignore`, `api.Dockerfile.dockerignore`.
  ['dockerignore', 'ignore'],
  ['containerignore', 'ignore'],
  ['sh', 'shell'],
  ['bash', 'shell'],
  ['mk', 'makefile'],
]);

/** Files of tools whose names tell the format and whose extension does not. */
const BY_NAME: ReadonlyMap<string, DocumentLanguage> = new Map([
  ...['.babelrc', '.eslintrc', '.jshintrc', '.nycrc', '.c8rc', '.swcrc', '.watchmanconfig', '.lintstagedrc'].map(
    (name) => [name, 'json'] as const,
  ),
  ['.prettierrc', 'yaml'],
  ['.stylelintrc', 'yaml'],
  ['makefile', 'makefile'],
  ['gnumakefile', 'makefile'],
]);

/** By the ids that editors give to documents without a telling name. */
const BY_EDITOR_ID: ReadonlyMap<string, DocumentLanguage> = new Map([
  ...['typescript', 'typescriptreact', 'javascript', 'javascriptreact'].map((id) => [id, 'source'] as const),
  ...['json', 'jsonc', 'json5'].map((id) => [id, 'json'] as const),
  ...['yaml', 'dockercompose', 'github-actions-workflow', 'azure-pipelines'].map((id) => [id, 'yaml'] as const),
  ['dockerfile', 'dockerfile'],
  ['html', 'html'],
  ['markdown', 'markdown'],
  ['dotenv', 'dotenv'],
  ['prisma', 'prisma'],
]);

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}

/** Tells from a path with forward slashes how its text is read; `undefined` for files that the engine leaves alone. */
export function languageOfPath(path: string): DocumentLanguage | undefined {
  const name = nameOf(path);
  const byName = BY_NAME.get(name);
  if (byName !== undefined) return byName;
  const dot = name.lastIndexOf('.');
  const extension = dot >= 0 ? name.slice(dot + 1) : '';
  // `.env` alone is a name, `local.env` an extension, `.env.ts` a module.
  const byExtension = BY_EXTENSION.get(extension);
  if (byExtension !== undefined) return byExtension;
  if (name === 'dockerfile' || name === 'containerfile') return 'dockerfile';
  if (/^(docker|container)file\./.test(name)) return 'dockerfile';
  return name.startsWith('.env.') ? 'dotenv' : undefined;
}

/** The same for the language id of an editor, where the path does not tell. */
export function languageOfEditorId(id: string): DocumentLanguage | undefined {
  return BY_EDITOR_ID.get(id);
}

/** Folders whose JSON files are read with comments. */
const JSONC_FOLDERS = /(^|\/)\.(vscode|devcontainer|zed)\//;
const JSONC_NAMES =
  /^(([tj]sconfig|\.?airworthy|api-extractor|deno|biome|turbo|nx|typedoc|devcontainer|\.?oxlintrc|wrangler)([.-].*)?\.json|\.eslintrc(\.json)?|\.jshintrc|\.swcrc|\.babelrc(\.json)?|babel\.config\.json|.*\.(jsonc|json5|code-workspace))$/;

/** Whether a JSON file may hold comments: what its tool reads, not what the syntax of plain JSON says. */
export function allowsComments(path: string): boolean {
  return JSONC_NAMES.test(nameOf(path)) || JSONC_FOLDERS.test(path);
}
