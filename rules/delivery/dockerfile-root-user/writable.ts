import type { DockerInstruction, FixContext } from '#api';
import { textAt, valueAt } from '../../_shared/dataMembers.ts';
import { servicesOf } from '../../_shared/delivery/compose.ts';
import { builtFrom } from '../../_shared/delivery/composeBuilds.ts';
import { commandsOf } from '../../_shared/delivery/shell.ts';
import { expand, type FinalImage } from '../../_shared/delivery/stages.ts';
import { folderOf, resolvePath } from '../../_shared/filePath.ts';

/** A folder of an image that the process writes to, as an absolute path. */
export interface WritableFolder {
  readonly path: string;
  /** The `VOLUME` that says so: what is changed behind it may be lost. */
  readonly volume: DockerInstruction | undefined;
  /** A step of the build makes it. */
  readonly isMade: boolean;
}

/** Folders that a step makes for what the process keeps. */
const FOR_DATA = /(?:^|\/)(?:data|db|uploads?|logs?|storage|media|files?|cache|backups?|downloads?|sessions?)(?:\/|$)/i;
const COMPOSE = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];

/**
 * Folders that the process may have to write to and that belong to root: volumes of the image, volumes that a compose file
 * mounts into it, and folders for data that its steps make. Those that a step gives away already are left out.
 */
export function writableFolders(image: FinalImage, ctx: FixContext<unknown>): readonly WritableFolder[] {
  const found = new Map<string, WritableFolder>();
  const add = (path: string | undefined, volume: DockerInstruction | undefined, isMade: boolean): void => {
    if (path === undefined || path === '/' || isGivenAway(path, image)) return;
    const known = found.get(path);
    found.set(path, { path, volume: known?.volume ?? volume, isMade: isMade || known?.isMade === true });
  };
  for (const { instruction, workdir } of placed(image)) {
    const { keyword, argument, exec, heredocs } = instruction;
    if (keyword === 'VOLUME') {
      for (const word of exec ?? argument.split(/\s+/)) add(absolute(word, workdir, image), instruction, false);
    } else if (keyword === 'RUN' && exec === undefined) {
      for (const path of [argument, ...heredocs.map(({ body }) => body)].flatMap(madeFolders))
        if (FOR_DATA.test(path)) add(absolute(path, workdir, image), undefined, true);
    }
  }
  for (const path of mountedVolumes(ctx)) add(path, undefined, false);
  return [...found.values()];
}

/** Copies into such a folder, and of what Next.js writes its cache into: their files get the user as owner. */
export function copiesToGive(image: FinalImage, folders: readonly WritableFolder[]): readonly DockerInstruction[] {
  return placed(image).flatMap(({ instruction, workdir }) => {
    const { keyword, argument, exec, flags, stage } = instruction;
    if ((keyword !== 'COPY' && keyword !== 'ADD') || stage !== image.from.stage) return [];
    if (flags.some(({ name }) => name === 'chown')) return [];
    const words = exec ?? argument.split(/\s+/);
    const target = absolute(words.at(-1) ?? '', workdir, image);
    const isInside = folders.some(({ path }) => target !== undefined && `${target}/`.startsWith(`${path}/`));
    return isInside || words.some((word) => /(?:^|\/)\.next(?:\/(?:standalone|static|server))?\/?$/.test(word))
      ? [instruction]
      : [];
  });
}

/** Instructions with the folder that is current where they stand. */
function placed(image: FinalImage): readonly { readonly instruction: DockerInstruction; readonly workdir: string }[] {
  let workdir = '/';
  return image.instructions.map((instruction) => {
    if (instruction.keyword === 'WORKDIR') workdir = absolute(instruction.argument, workdir, image) ?? workdir;
    return { instruction, workdir };
  });
}

function absolute(word: string, workdir: string, { variables }: FinalImage): string | undefined {
  const path = expand(word.trim(), variables);
  return path === undefined || path === '' ? undefined : resolvePath(workdir, path);
}

/** `mkdir -p /app/logs uploads`. */
function madeFolders(argument: string): readonly string[] {
  return commandsOf(argument).flatMap(({ text }) => {
    const [, words = ''] = /^mkdir\s+(.*)$/s.exec(text) ?? [];
    return words.split(/\s+/).filter((word) => word !== '' && /^[\w./${}-]+$/.test(word) && !word.startsWith('-'));
  });
}

/** Whether some step changes the owner or the rights of a folder, or of one around it. */
function isGivenAway(path: string, { instructions }: FinalImage): boolean {
  const given = instructions.flatMap(({ keyword, argument, flags, heredocs }) => {
    if (keyword === 'RUN') return [argument, ...heredocs.map(({ body }) => body)].flatMap(givenIn);
    const chown = flags.some(({ name }) => name === 'chown');
    return chown ? argument.split(/\s+/).slice(-1) : [];
  });
  return given.some(
    (word) => word.length > 1 && word.startsWith('/') && `${path}/`.startsWith(`${word.replace(/\/$/, '')}/`),
  );
}

/** Words of commands that change owners and rights. */
function givenIn(script: string): readonly string[] {
  return commandsOf(script).flatMap(({ text }) => (/^(?:chown|chmod|install)\s/.test(text) ? text.split(/\s+/) : []));
}

/** Where compose files beside the Dockerfile, or in the folders above, mount named volumes into what they build from it. */
function mountedVolumes(ctx: FixContext<unknown>): readonly string[] {
  let folder = folderOf(ctx.path);
  for (let steps = 0; steps < 4 && folder !== ''; steps++, folder = folderOf(folder)) {
    for (const name of COMPOSE) {
      const source = ctx.source(`${folder}/${name}`);
      if (source?.document.language !== 'yaml') continue;
      const at = folder;
      return servicesOf(source.document).flatMap(({ node }) => {
        if (builtFrom(valueAt(node, 'build'), at)?.dockerfile !== ctx.path) return [];
        const volumes = valueAt(node, 'volumes');
        if (volumes?.kind !== 'array') return [];
        return volumes.items.flatMap((item) => {
          if (item.kind === 'object') return textAt(item, 'type') === 'volume' ? (textAt(item, 'target') ?? []) : [];
          const [, target = ''] =
            item.kind === 'scalar' ? (/^\w[\w.-]*:(\/[^:$]+)(?::rw)?$/.exec(String(item.value)) ?? []) : [];
          return /\/node_modules\/?$/.test(target) || target === '' ? [] : target.replace(/\/$/, '');
        });
      });
    }
  }
  return [];
}
