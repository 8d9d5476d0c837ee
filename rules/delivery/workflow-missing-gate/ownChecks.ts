import { checksOf, type Gate } from '../../_shared/delivery/gateCommands.ts';
import type { Reach } from '../../_shared/delivery/scriptCalls.ts';
import { commandsOf } from '../../_shared/delivery/shell.ts';
import type { PackageFacts } from '../../_shared/project/packageFacts.ts';
import type { PackageScripts } from '../../_shared/project/scriptsFacet.ts';

/** A check that a project has. */
export interface OwnCheck {
  readonly gate: Gate;
  readonly name: string;
  /** How the project's package manager runs it. */
  readonly command: string;
}

interface Manager {
  readonly run: (script: string) => string;
  readonly test: string;
  readonly audit: string;
}

const NPM: Manager = {
  run: (script) => `npm run ${script}`,
  test: 'npm test',
  audit: 'npm audit --omit=dev --audit-level=high',
};
const MANAGERS: readonly (readonly [string, Manager])[] = [
  ['package-lock.json', NPM],
  ['npm-shrinkwrap.json', NPM],
  [
    'pnpm-lock.yaml',
    { run: (script) => `pnpm run ${script}`, test: 'pnpm test', audit: 'pnpm audit --prod --audit-level=high' },
  ],
  ['yarn.lock', { run: (script) => `yarn run ${script}`, test: 'yarn test', audit: 'yarn npm audit' }],
  ['bun.lock', { run: (script) => `bun run ${script}`, test: 'bun run test', audit: 'bun audit' }],
];

const TYPES = [
  'typecheck',
  'type-check',
  'check-types',
  'check:types',
  'types',
  'types:check',
  'tsc',
  'ts:check',
  'lint:types',
  'ts',
];
const LINT = ['lint', 'lint:check', 'eslint', 'lint:all', 'lint:js', 'lint:ts'];

/** What the scripts of the package at the top check; nothing of what the package only could do. */
export function ownChecks(
  scripts: PackageScripts['scripts'],
  { forDevelopment, dependencies }: PackageFacts,
  { exists, root }: { exists(path: string): boolean; readonly root: string },
  reach: (command: string) => Reach,
): readonly OwnCheck[] {
  const locked = MANAGERS.find(([file]) => exists(`${root}/${file}`));
  const manager = locked?.[1] ?? NPM;
  const found: OwnCheck[] = [];
  const reaches = (script: string, gate: Gate) => {
    const commands = commandsOf(scripts[script] ?? '').flatMap(({ text }) => reach(text).commands);
    return checksOf({ commands, names: [] }).gates.has(gate);
  };
  const lint = LINT.find((name) => scripts[name] !== undefined && reaches(name, 'lint'));
  if (lint !== undefined) found.push({ gate: 'lint', name: 'the linter', command: manager.run(lint) });
  const types = TYPES.find((name) => scripts[name] !== undefined && reaches(name, 'types'));
  if (types !== undefined) found.push({ gate: 'types', name: 'the type check', command: manager.run(types) });
  if (scripts['test'] !== undefined && reaches('test', 'test')) {
    found.push({ gate: 'test', name: 'tests', command: manager.test });
  }
  // Only what is shipped with the program is audited, and only where versions are known.
  if (locked !== undefined && dependencies.length > forDevelopment.length) {
    found.push({ gate: 'audit', name: 'an audit', command: manager.audit });
  }
  return found;
}
