import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { categories, isCategory } from '../gen/categories.ts';
import { ruleName } from '../gen/ruleFolders.ts';
import { ruleTemplate } from './templates.ts';

/**
 * Writes the folder of a new rule and returns the paths of its files, relative to the repository. Throws an error that
 * says what to type instead when the id is malformed or taken; nothing is written then.
 */
export function createRule(root: string, id: string): readonly string[] {
  const [category = '', name = '', ...rest] = id.split('/');
  if (!isCategory(category)) {
    throw new Error(`"${id}" does not start with a category: ${Object.keys(categories).join(', ')}.`);
  }
  if (rest.length > 0 || !ruleName.test(name)) {
    throw new Error(`"${id}": behind the category comes one name of lower-case words joined by hyphens.`);
  }
  const folder = `rules/${category}/${name}`;
  if (existsSync(join(root, folder))) throw new Error(`${folder} is already there.`);
  return Object.entries(ruleTemplate(id)).map(([file, text]) => {
    const path = `${folder}/${file}`;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    return path;
  });
}
