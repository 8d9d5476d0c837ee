import { posix } from 'node:path';
import { type Files, inRoot } from './virtualFiles.ts';

/** A fenced block whose info string says `bad` or `good`: code that the documentation makes a claim about. */
export interface Example {
  readonly verdict: 'bad' | 'good';
  readonly files: Files;
  /** 1-based line of the fence in the README. */
  readonly line: number;
}

/** Headings every README has, in this order. */
export const sections = [
  'What',
  'Why',
  'Bad',
  'Good',
  'Fix',
  'When it stays silent',
  'Known misses',
  'References',
] as const;

const extensions: Readonly<Record<string, string>> = {
  typescript: 'ts',
  javascript: 'js',
  jsonc: 'json',
  yml: 'yaml',
  markdown: 'md',
};

/** File names that decide how a format is read. */
const names: Readonly<Record<string, string>> = {
  dockerfile: 'Dockerfile',
  dotenv: '.env',
  env: '.env',
  prisma: 'schema.prisma',
};

function defaultPath(language: string): string {
  return names[language] ?? `src/example.${extensions[language] ?? language}`;
}

/** `path=src/a.test.ts packages={"express":"^4"}` behind the verdict. */
function attributes(info: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...info.matchAll(/(\w+)=(\S+)/g)].map(([, key = '', value = '']) => [key, value]));
}

/** The examples of a README. Blocks with the same `group=` belong to one workspace. */
export function examplesOf(readme: string): readonly Example[] {
  const examples = new Map<string, { verdict: 'bad' | 'good'; files: Map<string, string>; line: number }>();
  for (const match of readme.matchAll(/^```(\w+) (bad|good)\b(.*)\n([\s\S]*?)^```$/gm)) {
    const [, language = '', verdict, info = '', text = ''] = match;
    const { path = defaultPath(language), group, packages } = attributes(info);
    const line = readme.slice(0, match.index).split('\n').length;
    const key = group ?? `line ${line}`;
    const example = examples.get(key) ?? { verdict: verdict === 'bad' ? 'bad' : 'good', files: new Map(), line };
    example.files.set(inRoot(posix.normalize(path)), text);
    if (packages !== undefined) {
      example.files.set(
        inRoot('package.json'),
        JSON.stringify({ name: 'fixture', dependencies: JSON.parse(packages) }),
      );
    }
    examples.set(key, example);
  }
  return [...examples.values()];
}

/** What the README lacks or has out of order, as sentences. */
export function readmeProblems(readme: string, id: string, hasOptions: boolean): readonly string[] {
  const title = `# ${id}`;
  const headings = [...readme.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading.trim());
  const required: readonly string[] = sections;
  const present = headings.filter((heading) => required.includes(heading));
  const problems: string[] = [];
  if (readme.split('\n', 1)[0] !== title) problems.push(`it starts with "${title}"`);
  for (const section of required) {
    if (!present.includes(section)) problems.push(`the section "## ${section}" is missing`);
    else if (body(readme, section).trim() === '') problems.push(`the section "## ${section}" is empty`);
  }
  if (problems.length === 0 && present.join() !== required.join()) {
    problems.push(`its sections come in this order: ${required.join(', ')}`);
  }
  if (hasOptions && !headings.includes('Options')) problems.push('the section "## Options" is missing');
  return problems;
}

/** Text below a second-level heading. */
export function body(readme: string, section: string): string {
  const parts = readme.split(/^## (.+)$/gm);
  const index = parts.findIndex((part, at) => at % 2 === 1 && part.trim() === section);
  return index < 0 ? '' : (parts[index + 1] ?? '');
}
