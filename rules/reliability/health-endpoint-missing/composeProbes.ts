import type { DataDocument, DataNode, Span } from '#api';
import { textAt, valueAt } from '../../_shared/dataMembers.ts';
import { servicesOf } from '../../_shared/delivery/compose.ts';
import { builtFrom } from '../../_shared/delivery/composeBuilds.ts';
import { imageReference } from '../../_shared/delivery/imageReference.ts';
import { type Asked, askedBy } from './probe.ts';
import type { BuiltImage, Found, ProbeFacts } from './probeFacts.ts';

/** Checks of services that a compose file builds. */
export function probesOfCompose(document: DataDocument, folder: string): readonly Found[] {
  return servicesOf(document).flatMap(({ node }) => {
    const test = valueAt(node, 'healthcheck', 'test');
    const of = imageBuiltBy(node, folder);
    if (test === undefined || of === undefined || isOther(node)) return [];
    return partsOf(test).flatMap(({ span }, _, all): readonly Found[] => {
      const written = all.map((part) => document.text.slice(part.span.start, part.span.end)).join(' ');
      const asked = askedBy(document.text.slice(span.start, span.end));
      const whole = askedBy(written);
      const isIt = asked !== undefined || whole === undefined ? asked : inPart(document.text, span);
      if (isIt === undefined || whole === undefined) return [];
      const at = { start: span.start + isIt.url.start, end: span.start + isIt.url.end };
      return [{ at, portAt: at, port: isIt.port, path: isIt.path, of }];
    });
  });
}

/** Names that a compose file gives to what it builds. */
export function namedByCompose(document: DataDocument, folder: string): ProbeFacts['named'] {
  return servicesOf(document).flatMap(({ node }) => {
    const { name } = imageReference(textAt(node, 'image') ?? '');
    const image = imageBuiltBy(node, folder);
    return image === undefined || name === '' || name.includes('$') ? [] : [{ name, image }];
  });
}

/** Ports that a compose file opens, each with what answers there. */
export function publishedByCompose(document: DataDocument, folder: string): ProbeFacts['published'] {
  return servicesOf(document).flatMap(({ name, node }) => {
    const ports = valueAt(node, 'ports');
    const image = isOther(node) ? undefined : imageBuiltBy(node, folder);
    const hosts = ports?.kind === 'array' ? ports.items.map(hostOf) : [];
    return hosts.flatMap((host) => (host === undefined ? [] : [{ host, service: name, image }]));
  });
}

/** `3000:3000`, `127.0.0.1:3000:3000`, `{ target: 3000, published: 3000 }`. */
function hostOf(port: DataNode): number | undefined {
  const short = port.kind === 'scalar' ? /^(?:[\d.]+:)?(\d+):\d+(?:\/tcp)?$/.exec(String(port.value))?.[1] : undefined;
  const long = valueAt(port, 'published');
  const host = short ?? (long?.kind === 'scalar' ? String(long.value) : '');
  return /^\d+$/.test(host) ? Number(host) : undefined;
}

/** Another command is another program. */
function isOther(service: DataNode): boolean {
  const keys = ['command', 'entrypoint', 'network_mode', 'extends'];
  return keys.some((key) => valueAt(service, key) !== undefined);
}

function imageBuiltBy(service: DataNode, folder: string): BuiltImage | undefined {
  const built = builtFrom(valueAt(service, 'build'), folder);
  return built && { kind: 'built', ...built, stage: textAt(service, 'build', 'target') };
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
