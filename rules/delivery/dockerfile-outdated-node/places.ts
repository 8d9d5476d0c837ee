import type { DataDocument, DataNode, DockerDocument, Span } from '#api';
import { textAt, valueAt } from '../../_shared/dataMembers.ts';
import { baseImages } from '../../_shared/delivery/baseImages.ts';
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

/** Base images of a Dockerfile, to be moved to a line. */
export function imagesIn(document: DockerDocument, line: number | undefined): readonly OutdatedPlace[] {
  return baseImages(document).flatMap(({ name, tag, digest, span, written }) => {
    const found = outdatedVersion(name === 'node' || name === 'cimg/node' ? tag : (lineInName(name) ?? ''));
    if (found === undefined) return [];
    const variant = tag.replace(VERSION, '');
    const isWritten = digest === '' && written.endsWith(`:${tag}`);
    // Tags of other images name no line as a whole.
    const plain = name === 'node' && VERSION.test(tag) && isWritten && EVERYWHERE.test(variant);
    const moved = plain && line !== undefined ? `${written.slice(0, -tag.length)}${line}${variant}` : undefined;
    return [{ ...found, span, replacement: moved }];
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

/** `node-version` of actions/setup-node in a workflow, to be moved to a line. */
export function workflowVersionsIn(
  { roots: [root], text }: DataDocument,
  line: number | undefined,
): readonly OutdatedPlace[] {
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
      return found === undefined ? [] : [{ ...found, span: version.span, replacement: written(text, version, line) }];
    });
  });
}

/** The line in the same quotes, where a whole one is asked for. */
function written(text: string, { span }: DataNode, line: number | undefined): string | undefined {
  const match = /^(["']?)(v?)\d+(\.x)?\1$/.exec(text.slice(span.start, span.end));
  return match === null || line === undefined ? undefined : `${match[1]}${match[2]}${line}${match[3] ?? ''}${match[1]}`;
}
