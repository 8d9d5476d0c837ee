import type { DockerInstruction } from '#api';
import { imageReference } from '../../_shared/delivery/imageReference.ts';
import { rootImage } from '../../_shared/delivery/knownImages.ts';
import { commandsOf } from '../../_shared/delivery/shell.ts';
import { expand, type FinalImage } from '../../_shared/delivery/stages.ts';

/** A user without rights that the process of an image may be. */
export interface OtherUser {
  readonly name: string;
  /** User and group, as `--chown` takes them. */
  readonly owner: string;
  /** The command that makes the user, where the image has none yet. */
  readonly create: string | undefined;
}

const NAME = /^[a-z_][\w.-]*$/i;
const NEW = 'app';
/** A number that means nobody, for images without a list of users. */
const NOBODY = '65532';

/**
 * The user that the process of an image can be: the one it was before `USER root`, one that the Dockerfile makes and never
 * uses, the one of the base image, or one that is yet to be made. `undefined` where it is not known how users are made there.
 */
export function otherUser(image: FinalImage): OtherUser | undefined {
  const base = image.base ?? '';
  const own = [usedBefore(image), madeIn(image)].find((name) => name !== undefined && isThere(name, image));
  if (own !== undefined) return { name: own, owner: own, create: undefined };
  const brought = rootImage(base)?.user;
  if (brought !== undefined && isThere(brought, image)) {
    return { name: brought, owner: `${brought}:${brought}`, create: undefined };
  }
  if (base === 'scratch') return { name: NOBODY, owner: `${NOBODY}:${NOBODY}`, create: undefined };
  const create = creationIn(base);
  return create === undefined ? undefined : { name: NEW, owner: `${NEW}:${NEW}`, create };
}

/** Whether a user that the image had is still there. */
function isThere(name: string, { instructions }: FinalImage): boolean {
  const removes = new RegExp(`\\b(?:deluser|userdel|delgroup|usermod)\\b[^&;]*\\b${name}\\b`);
  return !instructions.some(({ keyword, argument }) => keyword === 'RUN' && removes.test(argument));
}

/** `USER app` above `USER root`. */
function usedBefore({ instructions, variables }: FinalImage): string | undefined {
  const names = instructions.flatMap(({ keyword, argument }) =>
    keyword === 'USER' ? [expand(argument, variables)?.split(':')[0] ?? ''] : [],
  );
  return names.findLast((name) => NAME.test(name) && name !== 'root');
}

/** Options of `adduser` and `useradd` with a value behind them; of several letters in one (`-ms`) the last. */
const WITH_VALUE =
  /^(?:-[a-zA-Z]*[bcdefgGhkKpsu]|--(?:uid|gid|home|home-dir|base-dir|shell|ingroup|gecos|comment|groups|skel|password|expiredate|inactive|key|conf|firstuid|lastuid))$/;

/** The user that a step makes. */
function madeIn({ instructions, variables }: FinalImage): string | undefined {
  for (const { argument } of instructions.filter(isShellStep)) {
    for (const { text } of commandsOf(argument)) {
      const [, words = ''] = /^(?:sudo\s+)?(?:adduser|useradd)\s+(.*)$/s.exec(text) ?? [];
      const name = words === '' ? undefined : loginIn(words, variables);
      if (name !== undefined) return name;
    }
  }
  return undefined;
}

function isShellStep({ keyword, exec }: DockerInstruction): boolean {
  return keyword === 'RUN' && exec === undefined;
}

/** The only word that is no option; two of them put somebody into a group. */
function loginIn(words: string, variables: ReadonlyMap<string, string>): string | undefined {
  const all = words.match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
  const plain = all.filter((word, index) => !word.startsWith('-') && !WITH_VALUE.test(all[index - 1] ?? ''));
  const [name = '', ...more] = plain.map((word) => expand(word, variables) ?? '');
  return more.length === 0 && NAME.test(name) && name !== 'root' ? name : undefined;
}

/** Images made from Debian or Ubuntu, unless their tag says otherwise. */
const DEBIAN = new Set(
  'debian ubuntu buildpack-deps node python ruby rust golang eclipse-temurin oven/bun denoland/deno'.split(' '),
);
const DEBIAN_TAG = /(?:^|-)(?:slim|buster|bullseye|bookworm|trixie|jammy|noble|focal|debian)/;
const OTHER_TAG = /windows|nanoserver|ubi|oracle|amazon|al2|distroless|busybox/;

/** How an image makes a user; `undefined` where it is not known which tools it has. */
function creationIn(base: string): string | undefined {
  const { name, tag } = imageReference(base);
  if (OTHER_TAG.test(tag) || /distroless/.test(name)) return undefined;
  if (name === 'alpine' || /(?:^|-)alpine/.test(tag)) return `addgroup -S ${NEW} && adduser -S -G ${NEW} ${NEW}`;
  const isDebian = DEBIAN.has(name) || DEBIAN_TAG.test(tag);
  return isDebian ? `groupadd --system ${NEW} && useradd --system --create-home --gid ${NEW} ${NEW}` : undefined;
}
