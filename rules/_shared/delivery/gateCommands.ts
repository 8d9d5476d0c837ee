import type { Reach } from './scriptCalls.ts';

/** What a workflow can check before something is merged or shipped. */
export type Gate = 'lint' | 'types' | 'test' | 'audit';

/** Programs by what they check. */
const PROGRAMS: readonly (readonly [Gate, RegExp])[] = [
  [
    'test',
    /^(?:jest|vitest|vite-node|mocha|n?yc|c8|(?:ava|tape?|uvu|lab)(?![\w=-])|jasmine|karma|poku|borp|cucumber(?:-js)?|newman|testcafe|codeceptjs|nightwatch|detox|stryker|wtr|web-test-runner|start-server-and-test|test-storybook|playwright (?:\S+ )*test|cypress run|bun (?:\S+ )*test|deno (?:\S+ )*test|ng (?:\S+ )*(?:test|e2e)|(?:react-scripts|craco|react-app-rewired|vue-cli-service|aegir|tsdx|kcd-scripts|wp-scripts|umi-test|father|gts|lerna-test) test|(?:node|tsx|bun)\b.*\s--test\b|pytest|go test|(?:mvn|mvnw|\.\/mvnw|gradle|gradlew|\.\/gradlew)\b(?!.*(?:skipTests|maven\.test\.skip|-x test)).* (?:test|verify|package|install|build|check)\b|cargo (?:\S+ )*test|cypress-io\/)/,
  ],
  [
    'lint',
    /^(?:eslint|eslint_d|oxlint|(?:xo|standard)(?![\w=-])|semistandard|ts-standard|neostandard|tslint|rslint|jshint|lint-staged|stylelint|ultracite|trunk|pre-commit|reviewdog|biome (?:check|ci|lint)|rome (?:check|ci)|deno (?:lint|fmt)|dprint check|prettier .*(?:--check|-c|-l|--list-different)\b|next build|(?:next|ng|nuxt|nuxi|gts|tsdx|vue-cli-service|umi|father|kcd-scripts|wp-scripts|aegir|max) (?:\S+ )*lint)/,
  ],
  [
    'types',
    /^(?:tsc|tsgo|tspc|ttsc|vue-tsc|vue-tsgo|svelte-check|tsc-files|tsc-watch|attw|tsd|type-coverage|vtsc|tsdown|unbuild|tsdx|microbundle|preconstruct|astro check|(?:next|nest|ng|react-scripts|craco|strapi|medusa|aegir|father|max|umi|vue-cli-service|rslib|bob|bunchee) (?:\S+ )*build|(?:nuxi|nuxt) typecheck|(?:tsup|rollup|webpack|webpack-cli|gulp|grunt|rspack|rsbuild)\b|deno check|vitest .*--typecheck)/,
  ],
  [
    'audit',
    /^(?:(?:npm|yarn|pnpm|bun)(?: \S+)* audit\b(?! (?:fix|signatures))|audit-ci|better-npm-audit|npm-audit\S*|check-audit|improved-yarn-audit|auditjs|snyk|osv-scanner|trivy|grype|socket|retire|nsp|depcheck-ci|dependency-check|docker scout)/,
  ],
];

/** Words of scripts, tasks and actions by what they check. */
const WORDS: readonly (readonly [Gate, RegExp])[] = [
  [
    'test',
    /(?<![a-z])(?:tests?|tst|spec|specs|e2e|units?|integration|jest|vitest|mocha|cypress|playwright|coverage|ava)(?![a-z])/i,
  ],
  [
    'lint',
    /(?<![a-z])(?:lint\w*|eslint|biome|oxlint|prettier|style|standard|xo|codestyle|format(?=:?-?check))(?![a-z])/i,
  ],
  ['types', /(?<![a-z])(?:types?|typings?|type-?checks?|typescript|tsc|tsgo|check-?types?|dts)(?![a-z])/i],
  ['audit', /(?<![a-z])(?:audit\w*|snyk|trivy|security|vuln\w*|dependency-review|osv|socket|npm-audit)(?![a-z])/i],
];
/** Names that stand for all checks together, and those that are put together when the workflow runs. */
const ALL =
  /^(?:(?:pre-?)?(?:ci|check|checks|check-all|all|verify|validate|validation|qa|quality|preflight|precommit|prepush|push|prepublishOnly|release-check|affected)(?:[:-](?:all|ci))?|\*|ci[:-].*|.*:ci|\$.*)$/i;

/** Programs that may check anything: shell scripts, containers, other builds, those that an expression names. */
const UNKNOWN =
  /^(?:\$\{\{\s*(?:inputs|matrix|env|vars|github\.event\.inputs)\.[\w.-]+\s*\}\}(?=\s|$)|(?:ba|z)?sh\b(?! -c)|\.{0,2}\/?[\w./-]+\.sh\b|make(?:\s|$)|docker(?:-compose| compose)(?: \S+)* (?:run|up)\b|docker (?:run|exec)\b|dagger|earthly|bazel|bazelisk|buck2|act\b|nix\b|devbox|devcontainer|hereby|zx\b|(?:node|tsx|ts-node|bun|deno run|python3?)\b(?!.* --test\b).*(?:check|test|ci\b|lint|verif|valid|qa\b))/;

/** What a command checks; `unknown` when it may check anything. */
export interface Checks {
  readonly gates: ReadonlySet<Gate>;
  readonly unknown: boolean;
}

/** What a command checks with all that it leads to, by its programs and by the names of scripts and tasks. */
export function checksOf({
  commands,
  names,
  read,
}: Pick<Reach, 'commands' | 'names'> & Partial<Pick<Reach, 'read'>>): Checks {
  const gates = new Set<Gate>();
  for (const [gate, pattern] of PROGRAMS) if (commands.some((command) => pattern.test(command))) gates.add(gate);
  for (const [gate, pattern] of WORDS) if (names.some((name) => pattern.test(name))) gates.add(gate);
  // A recipe called `ci` checks what is found in it, if that is anything.
  const isTold = (name: string): boolean => gates.size > 0 && read?.has(name) === true;
  return {
    gates,
    unknown: names.some((name) => ALL.test(name) && !isTold(name)) || commands.some((command) => UNKNOWN.test(command)),
  };
}

/** What an action of somebody else checks, as far as its name and inputs say. */
export function checksOfAction(uses: string): ReadonlySet<Gate> {
  const name = uses.replace(/@.*$/, '');
  const found = WORDS.filter(([, pattern]) => pattern.test(name)).map(([gate]) => gate);
  return new Set<Gate>(/^actions\/|setup/.test(name) && !name.includes('dependency-review') ? [] : found);
}
