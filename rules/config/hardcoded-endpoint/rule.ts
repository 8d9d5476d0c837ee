import { z } from 'zod';
import { type FixContext, type FixEdit, rule, ts } from '#api';
import { isDevelopmentOnly } from '../../_shared/developmentBranch.ts';
import { inExample } from '../../_shared/env/exampleLine.ts';
import { requireEnv } from '../../_shared/env/requireEnv.ts';
import { lastPart } from '../../_shared/filePath.ts';
import { nameWords } from '../../_shared/nameWords.ts';
import { FOLDERS, inFolders } from '../../_shared/places.ts';
import { type Reach, reachOf } from './addresses.ts';
import { useOf } from './sinks.ts';

/** Folders of code that is developed, shown or tested with, and of what describes an API. */
const FOLDER = inFolders(
  FOLDERS.scripts,
  FOLDERS.tools,
  FOLDERS.commands,
  FOLDERS.database,
  FOLDERS.demos,
  FOLDERS.playgrounds,
  FOLDERS.docs,
  FOLDERS.benchmarks,
  FOLDERS.tests,
  FOLDERS.standIns,
  'stories|storybook|environments?|electron|swagger|openapi',
);
/** Files named after an environment, and configurations of tools. */
const NAME =
  /\.(?:example|sample)\.|(?:^|[._-])(?:conf(?:ig)?(?=\.[cm]?[jt]sx?$)(?<=\.conf(?:ig)?)|ci|dev|develop|development|local|staging|stage|qa|uat|test\w*|specs?|mocks?|fixtures?|stories|seed|swagger|openapi|setupProxy|environment)(?=[._-])/i;
/** Programs on people's own machines talk to others there. */
const ON_THE_DESK = ['electron', '@tauri-apps/api', 'nw', 'vscode', '@types/vscode', '@types/chrome'];

type Literal = ts.StringLiteral | ts.NoSubstitutionTemplateLiteral | ts.TemplateExpression;

interface Fact {
  readonly literal: Literal;
  readonly reach: Reach;
}

function factOf(literal: Literal, text: string): Fact | undefined {
  // All but a few texts are no addresses.
  if (!text.includes('://')) return undefined;
  const reach = reachOf(text);
  return reach === undefined ? undefined : { literal, reach };
}

/** `http://localhost:${port}` is the program's own address. */
function isOwnAddress({ literal }: Fact): boolean {
  return ts.isTemplateExpression(literal) && /:$/.test(literal.head.text);
}

/** The variable for an address that has no name of its own. */
const UNNAMED = 'SERVICE_URL';

/** What stands behind the host, where the variable stands for the host alone. */
function pathOf(address: string): string {
  return /^\w+:\/\/[^/?#]+(\/[\w./~%?&=-]+)$/.exec(address)?.[1] ?? '';
}

function readVariable(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const literal = ctx.node(ts.isStringLiteralLike);
  const name = ctx.data['variable'];
  if (literal === undefined || typeof name !== 'string') return undefined;
  const path = name === UNNAMED ? pathOf(literal.text) : '';
  const edits = requireEnv(ctx, literal, name, (read) => (path === '' ? read : `\`\${${read}}${path}\``));
  return edits && [...edits, ...inExample(ctx, String(name))];
}

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Addresses of one machine or environment written into the code.',
    promise: 'Addresses of other services come from configuration',
    topics: [
      'hardcoded endpoint',
      'hardcoded url',
      'hardcoded localhost',
      'localhost',
      'base url',
      'environment specific url',
    ],
    subject: ['url', 'endpoint', 'host', 'fetch', 'axios'],
    references: [
      { title: 'The Twelve-Factor App: Config', url: 'https://12factor.net/config' },
      {
        title: 'CWE-547: Use of Hard-coded, Security-relevant Constants',
        url: 'https://cwe.mitre.org/data/definitions/547.html',
      },
    ],
    messages: {
      endpoint:
        'This address leads to {reach} wherever the program runs, so it fails or reaches the wrong service once it is deployed. Read it from the environment, as {variable}.',
      fallback: {
        text: 'Where the variable is not set, the program quietly talks to {reach}. Let it fail to start instead, so that a missing setting shows at once.',
        priority: 'P3',
      },
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      StringLiteral: (node) => factOf(node, node.text),
      NoSubstitutionTemplateLiteral: (node) => factOf(node, node.text),
      TemplateExpression: (node) => factOf(node, node.head.text),
    },
    each(fact, ctx) {
      const { literal, reach } = fact;
      const { header } = ctx;
      const path = header.localPath;
      if (FOLDER.test(path) || NAME.test(lastPart(path)) || isOwnAddress(fact)) return;
      if (ON_THE_DESK.some((name) => header.dependency(name) !== undefined)) return;
      const use = useOf(literal, header);
      if (use === undefined || isDevelopmentOnly(literal)) return;
      ctx.report(literal, use.kind, { reach, variable: variableFor(use.name) });
    },
  },
  fixes: {
    endpoint: [{ title: 'Read {variable} from the environment', safety: 'suggest', edits: readVariable }],
  },
});

/** `baseUrl` → `BASE_URL`; names that say no more than what it is are as good as none. */
function variableFor(name: string | undefined): string {
  const words = name === undefined ? [] : nameWords(name);
  const isTelling = words.length > 1 || /^(?:api|backend|server|gateway|webhook)$/.test(words[0] ?? '');
  if (!isTelling) return UNNAMED;
  const text = words.join('_').toUpperCase();
  return /(?:URL|URI|HOST|ENDPOINT|ADDRESS|STRING)$/.test(text) ? text : `${text}_URL`;
}
