import type { DataDocument, DataNode, DockerDocument, Span } from '#api';
import { textAt, valueAt } from '../../_shared/dataMembers.ts';
import { baseImages } from '../../_shared/delivery/baseImages.ts';
import { currentLts } from './nodeReleases.ts';
import { type OutdatedNode, outdatedRange, outdatedRequest, outdatedVersion } from './versions.ts';

/** A place that asks for a line of Node past its end. */
export interface OutdatedPlace extends OutdatedNode {
  readonly span: Span;
  /** What to write there instead; `undefined` where that depends on more. */
  readonly replacement: string | undefined;
}

const VERSION = /^v?\d+(?:\.\d+){0,2}/;
/** Variants of the image that every line has. */
const EVERYWHERE = /^(?:-(?:alpine|slim|bookworm|bookworm-slim))?$/;

/** Base images of a Dockerfile. */
export function imagesIn(document: DockerDocument): readonly OutdatedPlace[] {
  return baseImages(document).flatMap(({ name, tag, digest, span, written }) => {
    const found = outdatedVersion(name === 'node' || name === 'cimg/node' ? tag : (lineInName(name) ?? ''));
    if (found === undefined) return [];
    const variant = tag.replace(VERSION, '');
    const plain = VERSION.test(tag) && digest === '' && written.endsWith(`:${tag}`) && EVERYWHERE.test(variant);
    return [
      { ...found, span, replacement: plain ? `${written.slice(0, -tag.length)}${currentLts}${variant}` : undefined },
    ];
  });
}

/** Distroless images name the line before the tag: `gcr.io/distroless/nodejs22-debian12`. */
function lineInName(name: string): string | undefined {
  return /^gcr\.io\/distroless\/nodejs(\d+)(?=-|$)/.exec(name)?.[1];
}

/** `engines.node` of a package.json. */
export function enginesIn({ roots: [root] }: DataDocument): readonly OutdatedPlace[] {
  const node = valueAt(root, 'engines', 'node');
  const found = outdatedRange(textAt(root, 'engines', 'node') ?? '');
  return found === undefined || node === undefined ? [] : [{ ...found, span: node.span, replacement: undefined }];
}

/** `node-version` of actions/setup-node in a workflow. */
export function workflowVersionsIn({ roots: [root], text }: DataDocument): readonly OutdatedPlace[] {
  const jobs = valueAt(root, 'jobs');
  if (jobs?.kind !== 'object') return [];
  return jobs.entries.flatMap(({ value: job }) => {
    const steps = valueAt(job, 'steps');
    if (steps?.kind !== 'array') return [];
    return steps.items.flatMap((step) => {
      if (!/^actions\/setup-node(?:@|$)/.test(textAt(step, 'uses') ?? '')) return [];
      const version = valueAt(step, 'with', 'node-version');
      if (version?.kind !== 'scalar' || version.definition !== undefined) return [];
      const found = outdatedRequest(String(version.value));
      return found === undefined ? [] : [{ ...found, span: version.span, replacement: written(text, version) }];
    });
  });
}

/** The current line in the same quotes, where a whole line is asked for. */
function written(text: string, { span }: DataNode): string | undefined {
  const match = /^(["']?)(v?)\d+(\.x)?\1$/.exec(text.slice(span.start, span.end));
  return match === null ? undefined : `${match[1]}${match[2]}${currentLts}${match[3] ?? ''}${match[1]}`;
}
