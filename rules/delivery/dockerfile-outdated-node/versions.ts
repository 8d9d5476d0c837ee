import { endOfNode, majorOfCodename } from './nodeReleases.ts';

/** A line of Node past its end. */
export interface OutdatedNode {
  readonly version: string;
  readonly end: string;
}

function outdated(major: number): OutdatedNode | undefined {
  const end = endOfNode(major);
  return end === undefined ? undefined : { version: String(major), end };
}

/** Reads `18`, `v18.2.0`, `18.x`, `18-alpine`, `lts/hydrogen`, `hydrogen-slim`. */
export function outdatedVersion(text: string): OutdatedNode | undefined {
  const number = /^v?(\d+)(?=$|[.-])/.exec(text.trim())?.[1];
  if (number !== undefined) return outdated(Number(number));
  const codename = /^(?:lts\/)?([a-z]+)(?=$|-)/i.exec(text.trim())?.[1];
  const major = codename === undefined ? undefined : majorOfCodename(codename);
  return major === undefined ? undefined : outdated(major);
}

/** Judges what a workflow asks actions/setup-node for: a version, a codename, or a range. */
export function outdatedRequest(text: string): OutdatedNode | undefined {
  const asked = text.trim();
  return /^(?:lts\/)?[a-z]+$/i.test(asked) ? outdatedVersion(asked) : outdatedRange(asked);
}

/** Judges a range: only one that lets in no line which is maintained. */
export function outdatedRange(range: string): OutdatedNode | undefined {
  let newest = -1;
  for (const alternative of range.split('||')) {
    const major = newestOf(alternative.trim());
    if (major === undefined) return undefined;
    newest = Math.max(newest, major);
  }
  return outdated(newest);
}

/** The newest line that one alternative lets in; `undefined` when there is no limit, or it cannot be told. */
function newestOf(alternative: string): number | undefined {
  const single = /^[\^~=v]*\s*(\d+)(?:\.(?:\d+|x|\*)){0,2}$/.exec(alternative);
  if (single !== null) return Number(single[1]);
  const upper = /(?:<=\s*|\s-\s+)v?(\d+)(?:\.(?:\d+|x)){0,2}$/.exec(alternative);
  if (upper !== null) return Number(upper[1]);
  const below = /<\s*v?(\d+)((?:\.\d+){0,2})$/.exec(alternative);
  if (below === null) return undefined;
  return /[1-9]/.test(below[2] ?? '') ? Number(below[1]) : Number(below[1]) - 1;
}
