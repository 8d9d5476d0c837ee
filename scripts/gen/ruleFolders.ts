import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Category } from '#engine/api/rule.ts';
import { categories, isCategory } from './categories.ts';
import { type Judgement, judgementsIn } from './judgements.ts';
import { type Peers, peersIn } from './peers.ts';

export interface RuleFolder {
  readonly id: string;
  readonly category: Category;
  readonly name: string;
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  /** Text of its README.md with `\n` line ends. */
  readonly readme: string;
  /** What was judged by hand on public code, from precision.json. */
  readonly judgements: readonly Judgement[];
  /** How other tools see the same, from peers.json. */
  readonly peers: Peers | undefined;
}

/** Rule names are kebab-case words. */
export const ruleName = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

function foldersIn(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8').replaceAll('\r\n', '\n') : '';
}

/** All rule folders of a repository, sorted by id. Throws one error that lists every malformed folder. */
export function ruleFolders(root: string): readonly RuleFolder[] {
  const problems: string[] = [];
  const found: RuleFolder[] = [];
  for (const category of foldersIn(join(root, 'rules'))) {
    if (category === '_shared') continue;
    if (!isCategory(category)) {
      problems.push(`rules/${category}: not a category; there are ${Object.keys(categories).join(', ')}.`);
      continue;
    }
    for (const name of foldersIn(join(root, 'rules', category))) {
      const path = `rules/${category}/${name}`;
      const missing = ['rule.ts', 'README.md', 'fixtures'].filter((part) => !existsSync(join(root, path, part)));
      if (!ruleName.test(name)) problems.push(`${path}: a rule's name is lower-case words joined by hyphens.`);
      else if (missing.length > 0) problems.push(`${path}: ${missing.join(' and ')} missing.`);
      else {
        const readme = textOf(join(root, path, 'README.md'));
        found.push({
          id: `${category}/${name}`,
          category,
          name,
          path,
          readme,
          judgements: judgementsIn(root, path),
          peers: peersIn(root, path),
        });
      }
    }
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}
