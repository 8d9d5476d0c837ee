import type { PackageView } from './packageView.ts';

/** A tool that is installed and the script that people expect to run it. */
export interface Tool {
  readonly package: string;
  readonly script: 'lint' | 'test';
  readonly command: string;
  /** How it is called in scripts and settings. */
  readonly called: RegExp;
}

const TOOLS: readonly Tool[] = [
  { package: 'eslint', script: 'lint', command: 'eslint .', called: /\beslint\b/ },
  { package: '@biomejs/biome', script: 'lint', command: 'biome check .', called: /\bbiome\b/ },
  { package: 'oxlint', script: 'lint', command: 'oxlint', called: /\boxlint\b/ },
  { package: 'vitest', script: 'test', command: 'vitest run', called: /\bvitest\b/ },
  { package: 'jest', script: 'test', command: 'jest', called: /\bjest\b/ },
  { package: 'mocha', script: 'test', command: 'mocha', called: /\bn?mocha\b|\bnyc\b|\bc8\b/ },
  { package: 'ava', script: 'test', command: 'ava', called: /\bava\b/ },
];

/** Programs that run other tools by settings of their own. */
const RUNNER =
  /\b(?:gulp|grunt|nx|turbo|lerna|nps|wireit|wsrun|moon|rush|hereby|jake|zx|make|just|task|gts|xo|standard|tsdx|dts|aegir|kcd-scripts|next|nuxt|nuxi|react-scripts|react-app-rewired|craco|vue-cli-service|ng|umi|father|ice|wp-scripts|expo|quasar|sls)\b|\bnode\s+\S*(?:scripts?|tools?|build|run)\b/;

/** The tools that a package installs and that none of its scripts runs. */
export function idleTools({ scripts, installed, settings }: PackageView): readonly Tool[] {
  const commands = [...scripts.values()].join('\n');
  if (RUNNER.test(commands)) return [];
  return TOOLS.filter(
    (tool) =>
      installed.has(tool.package) &&
      ![...scripts.keys()].some((name) => name.split(/[:.-]/).includes(tool.script) || name.includes(tool.script)) &&
      !tool.called.test(commands) &&
      // Hooks and lists of staged files run tools as well.
      !(
        tool.script === 'lint' &&
        /"lint-staged"|"pre-commit"|"husky"|"nano-staged"/.test(settings) &&
        tool.called.test(settings)
      ),
  );
}

/** The tool that tests the package, if it has one. */
export function testToolOf({ installed }: PackageView): Tool | undefined {
  return TOOLS.find((tool) => tool.script === 'test' && installed.has(tool.package));
}
