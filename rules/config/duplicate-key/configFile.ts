const TOOLS =
  'webpack|rollup|vite|vitest|jest|babel|eslint|prettier|stylelint|postcss|tailwind|next|nuxt|svelte|astro|karma|cypress|playwright|metro|craco|ecosystem|knexfile|gulpfile|gruntfile|wdio|protractor';
/** `vite.config.ts`, `webpack.prod.js`, `.eslintrc.cjs`, `knexfile.js`. */
const BY_NAME = new RegExp(
  `(?:^|/)(?:[\\w.-]+\\.config(?:\\.[\\w-]+)*|\\.[\\w-]+rc|(?:${TOOLS})(?:\\.[\\w.-]+)?)\\.[cm]?[jt]s$`,
  'i',
);
/** `config/production.js`. */
const BY_FOLDER = /(?:^|\/)(?:\.?config|configs|configuration|settings)\/[^/]+\.[cm]?[jt]s$/i;

/** Whether source code of this name configures a tool or the program, by its path from the workspace's folder. */
export function isConfigSource(localPath: string): boolean {
  return BY_NAME.test(localPath) || BY_FOLDER.test(localPath);
}

/** What programs write, what tests read, and texts in many languages. */
const NO_CONFIG =
  /(?:^|\/)(?:package-lock|npm-shrinkwrap|pnpm-lock|composer\.lock)\.(?:json|yaml)$|(?:^|\/)(?:tests?|__\w+__|specs?|e2e|fixtures?|test-?data|mocks?|snapshots?|cassettes|locales?|i18n|l10n|lang|langs|languages|translations?|messages)\/|\.lock\.ya?ml$/i;

/** Whether a JSON or YAML file may be a configuration. */
export function isConfigData(localPath: string): boolean {
  return !NO_CONFIG.test(localPath);
}
