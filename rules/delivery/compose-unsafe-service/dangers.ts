import type { DataDocument, DataNode, DataObject, Span } from '#api';
import { entryAt, textAt, valueAt } from '../../_shared/dataMembers.ts';
import { type ComposeService, isServiceForWork, servicesOf } from '../../_shared/delivery/compose.ts';
import { settingsIn } from '../../_shared/delivery/composeSettings.ts';
import { imageReference } from '../../_shared/delivery/imageReference.ts';
import { databasePorts, isForHost, opens } from './databases.ts';

/** Something in a service that opens it, or the machine it runs on, to others. */
export interface Danger {
  readonly span: Span;
  readonly message: 'open' | 'socket' | 'privileged' | 'hostNetwork' | 'port' | 'untagged';
  readonly service: string;
  /** The setting, port or image. */
  readonly what: string;
  /** The text that is safer, where there is one. */
  readonly instead: SaferText | undefined;
}

interface SaferText {
  readonly at: Span;
  readonly text: string;
  /** The variable that the text asks for. */
  readonly asked?: string;
}

/** Finds the dangers of all services, each once, however often it is merged. */
export function dangersIn(document: DataDocument): readonly Danger[] {
  const found = new Map<number, Danger>();
  for (const service of servicesOf(document)) {
    if (isServiceForWork(service)) continue;
    for (const danger of dangersOf(document.text, service)) found.set(danger.span.start, danger);
  }
  return [...found.values()].sort((a, b) => a.span.start - b.span.start);
}

function dangersOf(text: string, service: ComposeService): readonly Danger[] {
  const { name, node } = service;
  const image = textAt(node, 'image') ?? '';
  const forHost = isForHost(`${image} ${name}`);
  return [
    ...openSettings(text, service),
    ...(forHost ? [] : [...sockets(service), ...rights(service)]),
    ...publishedPorts(text, service, image),
    ...looseImage(service, image),
  ];
}

function openSettings(text: string, { name: service, node }: ComposeService): readonly Danger[] {
  const settings = settingsIn(text, valueAt(node, 'environment'));
  return settings.flatMap(({ name, value, start, scalar, holder }) => {
    const open = opens(name, value);
    if (open === undefined) return [];
    const entry = holder.kind === 'object' ? holder.entries.find((each) => each.value === scalar) : undefined;
    const at = entry?.span ?? { start: start - name.length - 1, end: start + value.length };
    const { instead } = open;
    const isSet = settings.some((other) => other.name === instead);
    const asked = `\${${instead}:?set ${instead} in .env}`;
    return [
      {
        span: at,
        message: 'open',
        service,
        what: name,
        instead:
          instead === undefined || isSet || /^[{[]/.test(text.slice(holder.span.start))
            ? undefined
            : {
                at,
                text: holder.kind === 'object' ? `${instead}: ${asked}` : `${instead}=${asked}`,
                asked: instead,
              },
      },
    ];
  });
}

const SOCKET = /(?:^|\/)docker\.sock(?=$|:)/;

function sockets({ name, node }: ComposeService): readonly Danger[] {
  const volumes = valueAt(node, 'volumes');
  if (volumes?.kind !== 'array' || volumes.definition !== undefined) return [];
  return volumes.items.flatMap((item) => {
    const source = item.kind === 'scalar' ? String(item.value) : (textAt(item, 'source') ?? '');
    return SOCKET.test(source)
      ? [{ span: item.span, message: 'socket', service: name, what: 'docker.sock', instead: undefined } as const]
      : [];
  });
}

function rights({ name, node }: ComposeService): readonly Danger[] {
  const privileged = ownEntry(node, 'privileged');
  const network = ownEntry(node, 'network_mode');
  const found: Danger[] = [];
  if (privileged?.value?.kind === 'scalar' && privileged.value.value === true) {
    found.push({
      span: privileged.span,
      message: 'privileged',
      service: name,
      what: 'privileged',
      instead: { at: privileged.value.span, text: 'false' },
    });
  }
  if (network?.value?.kind === 'scalar' && network.value.value === 'host') {
    found.push({ span: network.span, message: 'hostNetwork', service: name, what: 'host', instead: undefined });
  }
  return found;
}

function ownEntry(node: DataObject, key: string): ReturnType<typeof entryAt> {
  const entry = entryAt(node, key);
  return entry?.merged === true ? undefined : entry;
}

/** `5432:5432`, `${PORT:-5432}:5432`, `0.0.0.0:5432:5432/tcp`. */
const PUBLISHED = /^(?:0\.0\.0\.0:|\[::\]:)?(?:\d+|\$\{?\w+(?::?-\d+)?\}?):(\d+)(?:\/tcp)?$/;

function publishedPorts(text: string, { name, node }: ComposeService, image: string): readonly Danger[] {
  const known = databasePorts(imageReference(image).name);
  const ports = valueAt(node, 'ports');
  if (known === undefined || ports?.kind !== 'array' || ports.definition !== undefined) return [];
  return ports.items.flatMap((item) => {
    const port = publishedPort(item);
    if (port === undefined || !known.includes(port)) return [];
    return [
      { span: item.span, message: 'port', service: name, what: String(port), instead: onThisMachine(text, item) },
    ];
  });
}

function publishedPort(item: DataNode): number | undefined {
  if (item.kind === 'scalar') {
    const port = PUBLISHED.exec(String(item.value))?.[1];
    return port === undefined ? undefined : Number(port);
  }
  const target = valueAt(item, 'target');
  const published = valueAt(item, 'published');
  const host = textAt(item, 'host_ip');
  const isOpen = published !== undefined && (host === undefined || host === '0.0.0.0');
  return isOpen && target?.kind === 'scalar' ? Number(target.value) : undefined;
}

/** The same port for programs on the machine itself. */
function onThisMachine(text: string, item: DataNode): Danger['instead'] {
  if (item.kind !== 'scalar' || item.definition !== undefined) return undefined;
  const written = text.slice(item.span.start, item.span.end);
  const parts = /^(["']?)(?:0\.0\.0\.0:)?([^"'[]+)\1$/.exec(written);
  return parts === null ? undefined : { at: item.span, text: `${parts[1]}127.0.0.1:${parts[2]}${parts[1]}` };
}

function looseImage({ name, node }: ComposeService, image: string): readonly Danger[] {
  const value = valueAt(node, 'image');
  // The name of what is built here says where it goes, not where it comes from.
  if (image === '' || value === undefined || valueAt(node, 'build') !== undefined || image.includes('$')) return [];
  const { tag, digest } = imageReference(image);
  if (digest !== '' || !(tag === '' || /^latest(?:-|$)/.test(tag))) return [];
  return [{ span: value.span, message: 'untagged', service: name, what: image, instead: undefined }];
}
