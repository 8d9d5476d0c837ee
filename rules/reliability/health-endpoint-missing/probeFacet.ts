import {
  type Anchor,
  type DataNode,
  type DockerDocument,
  type FormatDocument,
  facet,
  type Span,
  spanInArgument,
} from '#api';
import { textAt, valueAt } from '../../_shared/dataMembers.ts';
import { isComposeFile, servicesOf } from '../../_shared/delivery/compose.ts';
import { builtFrom } from '../../_shared/delivery/composeBuilds.ts';
import { commandOf, isForWork, isScript } from '../../_shared/delivery/imageCommand.ts';
import { rootImage } from '../../_shared/delivery/knownImages.ts';
import { expand, type FinalImage, finalImage } from '../../_shared/delivery/stages.ts';
import { folderOf } from '../../_shared/filePath.ts';
import { type Asked, askedBy } from './probe.ts';

/** A check that asks a service by HTTP on the machine where the service runs. */
export interface Probe extends Pick<Asked, 'port' | 'path'> {
  /** The URL. */
  readonly at: Anchor;
  /** Absolute path of the Dockerfile of the service. */
  readonly dockerfile: string;
  /** Absolute path of the folder that is handed to the build; `undefined` where it is not said. */
  readonly context: string | undefined;
  /** The stage that is built; `undefined` for the last. */
  readonly stage: string | undefined;
}

/** An image that runs a program of this workspace on Node, Bun or the like, and nothing beside it. */
export interface ServingImage {
  /** Its stage, lower case; empty without a name. */
  readonly stage: string;
  /** Folders that the build names, relative to its context. */
  readonly folders: readonly string[];
  /** Ports that it says it serves. */
  readonly exposes: readonly string[];
  /** Values that the image gives to variables. */
  readonly variables: Readonly<Record<string, string>>;
}

/** What a text document says of checks and of where services listen. */
export interface ProbeFacts {
  readonly probes: readonly Probe[];
  readonly image?: ServingImage;
  /** Variables named in it that may say where to listen; {@link ANY_PORT} where a file that is not read may set them. */
  readonly ports: readonly string[];
}

/** Stands for every variable. */
export const ANY_PORT = '*';
/** Files with variables that nobody commits, and settings of process managers. */
const SETS_UNSEEN = /\benv_file\b|--env-file\b|\bpm2\b/;
/** Longer documents are data. */
const MAX_LENGTH = 200_000;
/** What answers or hands on requests itself beside the program. */
const BESIDE = /\b(?:nginx|caddy|traefik|haproxy|apache2?|supervisord?|s6-overlay|envoy|concurrently|php-fpm)\b/i;
const RUNTIME = /^(?:node|nodejs|bun|deno|npm|npx|yarn|pnpm|tsx|ts-node|nest)$/;
const SERVES_FILES = /\b(?:serve|http-server|preview|vite|next|nuxt|remix|astro|storybook|standalone)\b/;

/** Checks of images and compose files, and what images run. */
export const probeFacet = facet<never, ProbeFacts>({
  name: 'health/probes',
  documents: {
    languages: ['dockerfile', 'yaml', 'dotenv', 'json'],
    fold(document, { path, localPath, at }) {
      if (document.text.length > MAX_LENGTH) return undefined;
      if (document.language === 'json' && !/(?:^|\/)package\.json$/.test(localPath)) return undefined;
      const named = document.text.match(/\b[A-Z_]*PORT\b/g) ?? [];
      const ports = [...new Set(SETS_UNSEEN.test(document.text) ? [...named, ANY_PORT] : named)].sort();
      const isCompose = document.language === 'yaml' && isComposeFile(localPath);
      const probes =
        document.language === 'dockerfile'
          ? probesOfImage(document, path)
          : isCompose
            ? probesOfCompose(document, folderOf(path))
            : [];
      const image = document.language === 'dockerfile' ? servingImage(document) : undefined;
      if (ports.length + probes.length === 0 && image === undefined) return undefined;
      return { ports, probes: probes.map(({ url, ...rest }) => ({ ...rest, at: at(url) })), ...(image && { image }) };
    },
  },
});

type Found = Omit<Probe, 'at'> & { readonly url: Span };

function probesOfImage(document: DockerDocument, path: string): readonly Found[] {
  const check = finalImage(document)?.instructions.findLast(({ keyword }) => keyword === 'HEALTHCHECK');
  const asked = check && askedBy(check.argument);
  if (check === undefined || asked === undefined) return [];
  const { url, port, path: route } = asked;
  return [
    {
      url: spanInArgument(check, url.start, url.end),
      port,
      path: route,
      dockerfile: path,
      context: undefined,
      stage: undefined,
    },
  ];
}

function probesOfCompose(
  document: Extract<FormatDocument, { readonly roots: unknown }>,
  folder: string,
): readonly Found[] {
  return servicesOf(document).flatMap(({ node }) => {
    const test = valueAt(node, 'healthcheck', 'test');
    const built = builtFrom(valueAt(node, 'build'), folder);
    // Another command is another program.
    const isOther = valueAt(node, 'command') ?? valueAt(node, 'entrypoint') ?? valueAt(node, 'network_mode');
    if (test === undefined || built === undefined || isOther !== undefined) return [];
    const stage = textAt(node, 'build', 'target');
    return partsOf(test).flatMap(({ span }, _, all): readonly Found[] => {
      const written = all.map((part) => document.text.slice(part.span.start, part.span.end)).join(' ');
      const asked = askedBy(document.text.slice(span.start, span.end));
      const whole = askedBy(written);
      const isIt = asked !== undefined || whole === undefined ? asked : inPart(document.text, span);
      if (isIt === undefined || whole === undefined) return [];
      const url = { start: span.start + isIt.url.start, end: span.start + isIt.url.end };
      return [{ url, port: isIt.port, path: isIt.path, ...built, stage }];
    });
  });
}

/** `["CMD", "curl", "-f", "http://…"]`: the URL is a word by itself. */
function inPart(text: string, { start, end }: Span): Asked | undefined {
  const asked = askedBy(`curl ${text.slice(start, end)}`);
  return asked && { ...asked, url: { start: asked.url.start - 5, end: asked.url.end - 5 } };
}

function partsOf(test: DataNode): readonly DataNode[] {
  if (test.definition !== undefined) return [];
  return test.kind === 'array' ? test.items.filter(({ definition }) => definition === undefined) : [test];
}

/** `undefined` for images of which it cannot be told that they run a service of this workspace and nothing else. */
function servingImage(document: DockerDocument): ServingImage | undefined {
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
