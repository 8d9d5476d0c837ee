import { type DockerDocument, spanInArgument } from '#api';
import { commandOf, isForWork, isScript } from '../../_shared/delivery/imageCommand.ts';
import { rootImage } from '../../_shared/delivery/knownImages.ts';
import { expand, type FinalImage, finalImage } from '../../_shared/delivery/stages.ts';
import { askedBy } from './probe.ts';
import type { Found, ServingImage } from './probeFacts.ts';

/** What answers or hands on requests itself beside the program. */
const BESIDE = /\b(?:nginx|caddy|traefik|haproxy|apache2?|supervisord?|s6-overlay|envoy|concurrently|php-fpm)\b/i;
const RUNTIME = /^(?:node|nodejs|bun|deno|npm|npx|yarn|pnpm|tsx|ts-node|nest)$/;
const SERVES_FILES = /\b(?:serve|http-server|preview|vite|next|nuxt|remix|astro|storybook|standalone)\b/;

/** The `HEALTHCHECK` of an image. */
export function probesOfImage(document: DockerDocument, path: string): readonly Found[] {
  const check = finalImage(document)?.instructions.findLast(({ keyword }) => keyword === 'HEALTHCHECK');
  const asked = check && askedBy(check.argument);
  if (check === undefined || asked === undefined) return [];
  const { url, port, path: route } = asked;
  const at = spanInArgument(check, url.start, url.end);
  const of = { kind: 'built', dockerfile: path, context: undefined, stage: undefined } as const;
  return [{ at, portAt: at, port, path: route, of }];
}

/** `undefined` for images of which it cannot be told that they run a service of this workspace and nothing else. */
export function servingImage(document: DockerDocument): ServingImage | undefined {
  const image = finalImage(document);
  if (image?.base === undefined || rootImage(image.base) === undefined || BESIDE.test(document.text)) return undefined;
  const command = commandOf(image);
  const [program = ''] = command;
  const isService = RUNTIME.test(program) && !isScript(command) && !isForWork(image, command);
  if (!isService || SERVES_FILES.test(command.join(' '))) return undefined;
  const { instructions, variables, name } = image;
  const exposes = instructions.flatMap(({ keyword, argument }) =>
    keyword === 'EXPOSE' ? (expand(argument, variables) ?? '').split(/[\s/]+/) : [],
  );
  return { stage: name, folders: foldersIn(document, image), exposes, variables: Object.fromEntries(variables) };
}

/** Folders that what is copied or run lies in. */
function foldersIn(document: DockerDocument, { instructions }: FinalImage): readonly string[] {
  const texts = [...document.instructions, ...instructions].flatMap(({ keyword, argument }) =>
    /^(?:COPY|ADD|WORKDIR|RUN|CMD|ENTRYPOINT)$/.test(keyword) ? [argument] : [],
  );
  return [...new Set(texts.flatMap((text) => text.match(/[\w@.-]+(?:\/[\w@.-]+)*(?=\/|[\s"',])/g) ?? []))].sort();
}
