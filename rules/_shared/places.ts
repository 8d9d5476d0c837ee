/**
 * What the path of a file says about its purpose. Paths begin at the workspace's folder (`header.localPath`, or
 * `path.slice(ctx.root.length)`), for a checkout may lie below a folder called `demo`; the slash in front may be missing.
 *
 * Rules ask for a purpose: {@link isStartedByHand}, {@link preparesData}, {@link isOutsideService}. A rule that needs a mix of its
 * own puts it together from the words of {@link FOLDERS} with {@link inFolders}, so that a word has one spelling everywhere.
 */
import { lastPart } from './filePath.ts';
import { nameWords } from './nameWords.ts';
import { has, set } from './words.ts';

/** Words for folders by what people keep in them, each a piece of a regular expression for one part of a path. */
export const FOLDERS = {
  /** Programs that run once, or now and then. */
  scripts: 'scripts?|bin',
  commands: 'cli',
  tools: 'tools?|tooling',
  /** What fills a database or changes its schema. */
  database: 'migrations?|seeds?|seeders?',
  demos: 'examples?|samples?|demos?',
  playgrounds: 'playgrounds?|sandbox',
  /** What new code is copied from. */
  templates: 'templates?|boilerplates?|generators?|stubs?',
  docs: 'docs?',
  benchmarks: String.raw`bench\w*`,
  tests: 'tests?|e2e',
  /** Tests that drive a browser. */
  browserTests: 'e2e|cypress|playwright',
  /** What tests are given in place of the real thing. */
  standIns: String.raw`fixtures?|mocks?|__\w+__`,
  /** What a server hands out as it is. */
  assets: 'public|static|assets',
  /** What a build made. */
  built: 'dist|build|out',
  /** Code of others that is kept with the sources. */
  vendored: 'vendor|third[-_]?party|node_modules',
} as const;

/** Tells paths below a folder that is called by one of these words; each may be several, `scripts?|bin`. */
export function inFolders(...words: readonly string[]): RegExp {
  return new RegExp(String.raw`(?:^|\/)(?:${words.join('|')})\/`, 'i');
}

/** Folders with code that is shown, copied, measured or tested with, beside the program that is shipped. */
export const BESIDE_PROGRAM: readonly string[] = [
  FOLDERS.demos,
  FOLDERS.playgrounds,
  FOLDERS.templates,
  FOLDERS.docs,
  FOLDERS.benchmarks,
  FOLDERS.tests,
  FOLDERS.standIns,
];

const BY_HAND = inFolders(
  FOLDERS.scripts,
  String.raw`(?:[\w-]+-)?cli`,
  FOLDERS.tools,
  'bundlers?',
  FOLDERS.database,
  FOLDERS.demos,
  FOLDERS.docs,
  FOLDERS.benchmarks,
  FOLDERS.standIns,
  String.raw`\.github`,
);
const NAMED_BY_HAND = /(?:^|\/)(?:seed|setup|install|cli|generate|create-admin)[\w.-]*\.[cm]?[jt]s$/i;

/**
 * Whether somebody starts the program by hand and watches it: a script, a seed, an example. What it says on the screen is meant
 * for whoever started it, and when it fails they see it.
 */
export function isStartedByHand(localPath: string): boolean {
  return BY_HAND.test(localPath) || NAMED_BY_HAND.test(localPath);
}

const DATA = inFolders(FOLDERS.scripts, FOLDERS.tools, FOLDERS.database, FOLDERS.commands, FOLDERS.benchmarks, 'dev');
/** What fills a database or changes its schema, as a word of a file's name. */
const FILLS = set('seed seeds seeder seeders seeding migrate migration migrations');
/** What else may be done to a whole database: a password is reset, and a cart cleared, while somebody waits for it. */
const EMPTIES = set('reset clear wipe purge truncate drop');
const DATABASES = set('db database databases data tables schema collections');

/** Whether code works on a whole database while nobody sends it requests: scripts, seeds, migrations, tools. */
export function preparesData(localPath: string): boolean {
  if (DATA.test(localPath)) return true;
  const words = nameWords(lastPart(localPath));
  return has(words, FILLS) || (has(words, EMPTIES) && has(words, DATABASES));
}

/** Build set-up, tools, demonstrations and one-off scripts. */
const OUTSIDE = new RegExp(
  [
    // Folders, wherever they are.
    inFolders(
      FOLDERS.scripts,
      FOLDERS.database,
      FOLDERS.demos,
      'playgrounds?',
      FOLDERS.docs,
      FOLDERS.benchmarks,
      FOLDERS.standIns,
      FOLDERS.assets,
      String.raw`\.\w[\w-]*`,
      'stories|testing|playwright',
      String.raw`[\w.-]*[-_.](?:tests?|e2e|mocks?)|test-\w+`,
    ).source,
    // Folders beside the sources; further down the same words mean something else.
    String.raw`^\/?(?:(?!(?:src|app|server)\/)[^/]+\/)*(?:${FOLDERS.tools}|docker|deploy|deployment|infra|ci|build)\/`,
    // Files.
    String.raw`\.conf(?:ig)?\.[cm]?[jt]s$`,
    String.raw`(?:^|\/)\.?[\w-]*rc\.[cm]?js$`,
    String.raw`(?:^|\/)(?:knexfile|gulpfile|Gruntfile|ormconfig|sequelize-cli|seed|healthcheck|instrumentation|webpack[^/]*|esbuild[^/]*|rollup[^/]*|next-env\.d|setupTests|setup-tests?)\.[cm]?[jt]s$`,
    String.raw`[.-](?:stories|setup|bench|mock|e2e[\w-]*)\.[cm]?[jt]sx?$`,
    String.raw`(?:^|\/)(?:tests?|specs?|mocks?)\.[cm]?[jt]sx?$`,
    String.raw`\.d\.[cm]?ts$`,
  ].join('|'),
);

/** Whether a file runs outside the service, if it runs at all: while it is built, tested, shown or set up. */
export function isOutsideService(localPath: string): boolean {
  return OUTSIDE.test(localPath);
}
