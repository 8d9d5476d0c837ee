import { programOf } from '../../_shared/delivery/program.ts';
import { resolvePath } from '../../_shared/filePath.ts';
import type { BuiltImage, ComposedService } from './probeFacts.ts';

/** Commands of Docker that start nothing that stays, and change nothing that was started. */
const IDLE =
  /^(?:docker (?:build|buildx build|images|info|inspect|login|logs|network|ps|pull|tag|version|volume)\b|docker[ -]compose (?:\S+ )*?(?:build|config|cp|exec|images|logs|ps|pull|top|version)\b)/;
/** Flags of `docker run` that stand alone. */
const LONE = /^(?:--(?:detach|rm|init|interactive|tty|privileged|read-only|quiet)|-[ditq]+)$/;
/** Flags of `docker compose up` with a value of their own. */
const VALUED = /^(?:--(?:wait-timeout|scale|timeout|pull|exit-code-from|attach|no-attach)|-t)$/;

/** What commands of a job have started in containers so far. */
export interface Containers {
  /** Takes the next command; `false` for one that is none of Docker, or of which nobody can tell what it starts. */
  take(command: string, folder: string): boolean;
  /** What answers on a port of the machine; `undefined` where it cannot be told. */
  at(port: number | undefined): BuiltImage | ComposedService | undefined;
  readonly isEmpty: boolean;
}

/** Reads `docker build`, `docker run` and `docker compose up` of one job, in order. */
export function containers(): Containers {
  const built = new Map<string, BuiltImage>();
  const run: { readonly host: string; readonly image: BuiltImage | undefined }[] = [];
  const composed: Omit<ComposedService, 'port'>[] = [];
  return {
    take(command, folder) {
      const line = command.replace(/\\\r?\n/g, ' ');
      const program = programOf(line.replace(/\$\{\{[^}]*\}\}/g, (value) => value.replace(/\s+/g, '')));
      const words = wordsOf(program);
      if (/^docker (?:buildx )?build\b/.test(program)) {
        const { names, image } = buildIn(words, folder);
        for (const name of names) if (image !== undefined) built.set(name, image);
        return true;
      }
      if (IDLE.test(program)) return true;
      if (/^docker run\b/.test(program)) {
        const container = runIn(words);
        if (container === undefined) return false;
        for (const host of container.hosts) run.push({ host, image: built.get(container.image) });
        return true;
      }
      const up = /^docker[ -]compose\b/.test(program) ? upIn(words, folder) : undefined;
      if (up === undefined) return false;
      composed.push(up);
      return true;
    },
    at(port) {
      if (port === undefined) return undefined;
      const published = run.filter(({ host }) => host === String(port));
      const [only, ...others] = composed;
      if (published.length > 0) return published.length === 1 && only === undefined ? published[0]?.image : undefined;
      return only === undefined || others.length > 0 ? undefined : { ...only, port };
    },
    get isEmpty() {
      return run.length + composed.length === 0;
    },
  };
}

function wordsOf(program: string): readonly string[] {
  return [...program.matchAll(/"[^"]*"|'[^']*'|\S+/g)].map(([word]) => word.replace(/^["']|["']$/g, ''));
}

/** `docker build -t quay -f deploy/Dockerfile .` */
function buildIn(
  words: readonly string[],
  folder: string,
): { readonly names: readonly string[]; readonly image: BuiltImage | undefined } {
  const valuesOf = (flag: RegExp) => words.flatMap((word, index) => (flag.test(words[index - 1] ?? '') ? [word] : []));
  const context = words.at(-1) ?? '';
  const [file] = valuesOf(/^(?:-f|--file)$/);
  const isTold =
    /^[\w./-]+$/.test(context) &&
    !context.startsWith('-') &&
    !words.some((word) => /^--(?:file|target|tag)=/.test(word));
  const around = resolvePath(folder, context);
  const dockerfile = file === undefined ? resolvePath(around, 'Dockerfile') : resolvePath(folder, file);
  return {
    names: valuesOf(/^(?:-t|--tag)$/),
    image: isTold ? { kind: 'built', dockerfile, context: around, stage: valuesOf(/^--target$/)[0] } : undefined,
  };
}

/** `docker run -d -p 3000:3000 quay`; `undefined` where it runs another command, or does not stay. */
function runIn(words: readonly string[]): { readonly hosts: readonly string[]; readonly image: string } | undefined {
  const hosts: string[] = [];
  let stays = false;
  for (let at = 2; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!word.startsWith('-')) return stays && at === words.length - 1 ? { hosts, image: word } : undefined;
    if (/^(?:--detach|-[itq]*d[itq]*)$/.test(word)) stays = true;
    if (
      /^--net(?:work)?(?:=host)?$/.test(word) &&
      /^host$|=host$/.test(word.includes('=') ? word : (words[at + 1] ?? ''))
    )
      return undefined;
    if (LONE.test(word) || word.includes('=')) continue;
    const isPublished = /^(?:--publish|-p|-dp|-itdp)$/.test(word);
    if (word === '-dp') stays = true;
    const value = words[++at] ?? '';
    const [, host] = isPublished ? (/^(?:[\d.]+:)?(\d+):\d+$/.exec(value) ?? []) : [];
    if (isPublished && host === undefined) return undefined;
    if (host !== undefined) hosts.push(host);
  }
  return undefined;
}

/** `docker compose -f compose.ci.yaml up -d`; `undefined` where files are merged, or it does not go on. */
function upIn(words: readonly string[], folder: string): Omit<ComposedService, 'port'> | undefined {
  const up = words.indexOf('up');
  const before = words.slice(words[0] === 'docker' ? 2 : 1, up);
  const behind = words.slice(up + 1);
  if (up < 0 || words.some((word) => word.includes('$'))) return undefined;
  if (!behind.some((word) => /^(?:--detach|--wait|-\w*d\w*)$/.test(word))) return undefined;
  const files = before.flatMap((word, index) => (/^(?:-f|--file)$/.test(word) ? [before[index + 1] ?? ''] : []));
  const [file, ...others] = [...files, ...before.flatMap((word) => /^--file=(.+)$/.exec(word)?.[1] ?? [])];
  if (others.length > 0 || before.includes('--project-directory')) return undefined;
  const services = behind.filter((word, index) => !word.startsWith('-') && !VALUED.test(behind[index - 1] ?? ''));
  return { kind: 'composed', folder, file: file === undefined ? undefined : resolvePath(folder, file), services };
}
