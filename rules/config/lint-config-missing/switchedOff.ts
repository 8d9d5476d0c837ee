import { type DataNode, type Span, ts, unwrap } from '#api';
import { entryAt } from '../../_shared/dataMembers.ts';
import { lastPart } from '../../_shared/filePath.ts';

/** A list of rules and those that find bugs and are off in it. */
export interface SwitchedOff<P> {
  readonly at: P;
  readonly names: readonly string[];
}

/** Rules that report what is wrong when the program runs, or hide it from the compiler; names without their plugin. */
const FINDS_BUGS = new Set(
  (
    'no-unused-vars no-undef no-eval no-explicit-any no-floating-promises no-misused-promises await-thenable ' +
    'no-unsafe-assignment no-unsafe-call no-unsafe-member-access no-unsafe-return no-unsafe-argument ' +
    'ban-ts-comment no-unreachable no-fallthrough no-async-promise-executor ' +
    'no-self-assign no-constant-condition no-unsafe-finally no-dupe-keys no-redeclare ' +
    'no-cond-assign no-implied-eval no-throw-literal only-throw-error rules-of-hooks ' +
    'exhaustive-deps use-unknown-in-catch-callback-variable unbound-method no-unsafe-function-type'
  ).split(' '),
);

/** Files whose rules may be fewer. */
const ASIDE =
  /test|spec|stories|storybook|mock|e2e|cypress|playwright|script|config|\.d\.|example|bench|\.js|\.cjs|\.mjs|md|generated|fixture|migration|seed/i;

/** Whether a path is that of ESLint's configuration in source code. */
export function isConfigModule(localPath: string): boolean {
  return /\/(?:eslint\.config|\.eslintrc)\.[cm]?[jt]s$/.test(localPath);
}

/** Whether a path is that of a linter configured in JSON or YAML. */
export function isConfigText(localPath: string): boolean {
  return /\/(?:\.eslintrc(?:\.jsonc?|\.ya?ml)?|\.oxlintrc\.json|package\.json)$/.test(localPath);
}

/** Rules that come and go together count as one. */
function familyOf(name: string): string {
  const own = lastPart(name);
  return own.startsWith('no-unsafe-') && own !== 'no-unsafe-finally' ? 'no-unsafe-*' : own;
}

/** One name for each family. */
function distinct(names: readonly string[]): readonly string[] {
  return [...new Map(names.map((name) => [familyOf(name), name])).values()];
}

function isRuleName(name: string): boolean {
  return FINDS_BUGS.has(lastPart(name));
}

/** Lists in `.eslintrc`, `.oxlintrc.json`, and under `eslintConfig` of a package.json; overrides for some files are left alone. */
export function offInText(root: DataNode | undefined): readonly SwitchedOff<Span>[] {
  return [root, entryAt(root, 'eslintConfig')?.value].flatMap((config) => {
    const rules = entryAt(config, 'rules');
    if (rules?.value?.kind !== 'object') return [];
    const names = rules.value.entries.flatMap(({ key, value }) => (isRuleName(key) && isOffValue(value) ? [key] : []));
    return [{ at: rules.keySpan, names: distinct(names) }];
  });
}

function isOffValue(value: DataNode | undefined): boolean {
  const level = value?.kind === 'array' ? value.items[0] : value;
  return level?.kind === 'scalar' && (level.value === 'off' || level.value === 0 || level.value === 'allow');
}

/** Lists in a module, wherever in what it exports they are written. */
export function offInModule(exported: ts.Expression): readonly SwitchedOff<ts.Node>[] {
  const found: SwitchedOff<ts.Node>[] = [];
  const visit = (node: ts.Node, depth: number): void => {
    if (depth > 12) return;
    if (ts.isObjectLiteralExpression(node)) {
      if (isAside(node)) return;
      for (const property of node.properties) {
        if (!ts.isPropertyAssignment(property)) continue;
        const list = unwrap(property.initializer);
        if (nameOf(property.name) !== 'rules' || !ts.isObjectLiteralExpression(list)) continue;
        found.push({ at: property.name, names: distinct(offIn(list)) });
      }
    }
    ts.forEachChild(node, (child) => visit(child, depth + 1));
  };
  visit(exported, 0);
  return found;
}

/** Whether a part of a configuration is for files that are no production code. */
function isAside(config: ts.ObjectLiteralExpression): boolean {
  return config.properties.some(
    (property) =>
      ts.isPropertyAssignment(property) &&
      nameOf(property.name) === 'files' &&
      ASIDE.test(property.initializer.getText()),
  );
}

function offIn(list: ts.ObjectLiteralExpression): readonly string[] {
  return list.properties.flatMap((property) => {
    if (!ts.isPropertyAssignment(property)) return [];
    const name = nameOf(property.name);
    const value = unwrap(property.initializer);
    const level = ts.isArrayLiteralExpression(value) ? value.elements[0] : value;
    if (name === undefined || level === undefined || !isRuleName(name)) return [];
    const isOff = ts.isStringLiteralLike(level)
      ? level.text === 'off'
      : ts.isNumericLiteral(level) && level.text === '0';
    return isOff ? [name] : [];
  });
}

function nameOf(name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : undefined;
}
