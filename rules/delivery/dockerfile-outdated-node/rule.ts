import { z } from 'zod';
import { type Finding, type FixContext, type FormatDocument, rule, type TextEdit } from '#api';
import { installsIn, oldFlags, outsideImage } from '../../_shared/delivery/imageInstalls.ts';
import { isProductionDockerfile } from '../../_shared/delivery/productionDockerfile.ts';
import { lineFor } from './lineFor.ts';
import { enginesIn, imagesIn, type OutdatedPlace, workflowVersionsIn } from './places.ts';

/** Files that are there for an old line on purpose. */
const NAMED_AFTER = /node[._-]?v?\d/i;

function placesIn(path: string, document: FormatDocument, line?: number): readonly OutdatedPlace[] {
  if (document.language === 'dockerfile') {
    return isProductionDockerfile(path) && !NAMED_AFTER.test(path.slice(path.lastIndexOf('/')))
      ? imagesIn(document, line)
      : [];
  }
  if (document.language === 'json') return enginesIn(document);
  return document.language === 'yaml' ? workflowVersionsIn(document, line) : [];
}

/** Moves a workflow to the line that its images have as well. */
function update(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const place = placesIn(ctx.path, ctx.document, lineFor(ctx)).find(({ span }) => span.start === finding.start);
  return place?.replacement === undefined ? undefined : [ctx.replace(place.span, place.replacement)];
}

/**
 * Moves all stages of a line together, because what one of them compiles runs in another, and names the flags of npm that the
 * newer line has other names for.
 */
function updateStages(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const { document, text } = ctx;
  if (document.language !== 'dockerfile') return undefined;
  const places = placesIn(ctx.path, document, lineFor(ctx));
  const found = places.find(({ span }) => span.start === finding.start);
  const moved = places.filter(({ version }) => version === found?.version);
  if (found === undefined || moved.some(({ replacement }) => replacement === undefined)) return undefined;
  const images = new Set(moved.map(({ span }) => text.slice(span.start, span.end)));
  return [
    ...moved.flatMap(({ span, replacement }) => (replacement === undefined ? [] : [ctx.replace(span, replacement)])),
    ...installsIn(document)
      .filter(({ stage }) => images.has(outsideImage(stage)))
      .flatMap(oldFlags)
      .map(({ span }) => ctx.replace(span, '--omit=dev')),
  ];
}

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Images, workflows and packages that ask for a line of Node past its end of life.',
    promise: 'Node is a maintained line everywhere',
    appliesTo: 'everywhere',
    topics: ['node version', 'Node.js version', 'end of life', 'EOL', 'outdated runtime', 'Node LTS', 'supported Node'],
    subject: ['node'],
    references: [
      { title: 'Node.js releases', url: 'https://nodejs.org/en/about/previous-releases' },
      {
        title: 'CWE-1104: Use of Unmaintained Third Party Components',
        url: 'https://cwe.mitre.org/data/definitions/1104.html',
      },
    ],
    messages: {
      image:
        'Node {version} came to its end on {end}: holes found since then stay open in this image. Move to a line that is maintained.',
      workflow:
        'Node {version} came to its end on {end}, so this workflow tests and builds with what nobody should run. Move to a line that is maintained.',
      engines:
        'This range lets in no maintained line of Node: the newest is {version}, which came to its end on {end}. Let in a newer one.',
    },
  },
  options: z.strictObject({}),
  documents: {
    languages: ['dockerfile', 'json', 'yaml'],
    matches: (path) =>
      !/\.(?:json|ya?ml)$/.test(path) || path.endsWith('/package.json') || /\/\.github\/workflows\/[^/]+$/.test(path),
    check({ path, document, report }) {
      const message = { dockerfile: 'image', json: 'engines' } as const;
      for (const { span, version, end } of placesIn(path, document)) {
        const id =
          document.language === 'dockerfile' || document.language === 'json' ? message[document.language] : 'workflow';
        report(span, id, { version, end });
      }
    },
  },
  fixes: {
    image: [{ title: 'Use a line with long-term support', safety: 'suggest', edits: updateStages }],
    workflow: [{ title: 'Use a line with long-term support', safety: 'suggest', edits: update }],
  },
});
