import { type Technology, technologies } from './technologies.ts';

/** Files of a workspace, as far as its stack shows in them. */
export interface StackSource {
  readonly root: string;
  /** Absolute paths. */
  paths(): readonly string[];
  text(path: string): string | undefined;
}

/** The technologies that a workspace uses, by its package.json files and the files it has. */
export function stackOf(source: StackSource): readonly Technology[] {
  const { root } = source;
  const all = source.paths().map((path) => (path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path));
  const packages = new Set(
    all
      .filter((path) => path === 'package.json' || path.endsWith('/package.json'))
      .flatMap((path) => dependenciesIn(source.text(`${root}/${path}`))),
  );
  return technologies.filter(
    ({ packages: names, file }) =>
      names?.some((name) => packages.has(name)) || (file !== undefined && all.some((path) => file.test(path))),
  );
}

/** Names of packages; none for what is not a package.json that npm would take. */
function dependenciesIn(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  let manifest: unknown;
  try {
    manifest = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return [];
  }
  if (!isRecord(manifest)) return [];
  return ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'].flatMap((key) => {
    const listed = manifest[key];
    return isRecord(listed) ? Object.keys(listed) : [];
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
