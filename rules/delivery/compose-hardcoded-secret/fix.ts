import type { Finding, FixContext, FixEdit, TextEdit } from '#api';
import { documentedIn, exampleLine } from '../../_shared/env/exampleLine.ts';
import { type SecretPlace, secretsIn } from './secretPlaces.ts';

/** Asks for the secret from outside, where that is the whole change: no example of the environment leaves it out. */
export function takeFromEnvironment(ctx: FixContext<unknown>, finding: Finding): readonly TextEdit[] | undefined {
  const taken = taking(ctx, finding);
  return taken === undefined || documentedIn(ctx, taken.name) === 'left out' ? undefined : taken.edits;
}

/** Asks for the secret from outside and names it in the example of the environment, where it is not named yet. */
export function takeAndDocument(ctx: FixContext<unknown>, finding: Finding): readonly FixEdit[] | undefined {
  const taken = taking(ctx, finding);
  const documentation = taken && exampleLine(ctx, taken.name);
  return documentation && [...taken.edits, documentation];
}

interface Taking {
  readonly edits: readonly TextEdit[];
  readonly name: string;
}

function taking(ctx: FixContext<unknown>, finding: Finding): Taking | undefined {
  const { document } = ctx;
  if (document.language !== 'yaml') return undefined;
  const places = secretsIn(document);
  const place = places.find(({ span }) => span.start === finding.start && span.end === finding.end);
  if (place === undefined) return undefined;
  const name = variableFor(place, places);
  if (!/^[A-Za-z_]\w*$/.test(name)) return undefined;
  // All that share the secret change together: what asks for another one than it is given gets no answer.
  const edits = places
    .filter((other) => other === place || isShared(other, place, name, places))
    .map((other) => {
      const written = writtenAs(ctx.text, other, `\${${name}:?set ${name} in .env}`);
      return written && ctx.replace(written.at, written.text);
    });
  return edits.every((edit) => edit !== undefined) ? { edits, name } : undefined;
}

/** Whether another place is asked for by the same variable, and holds the same secret or falls back to one. */
function isShared(other: SecretPlace, place: SecretPlace, name: string, places: readonly SecretPlace[]): boolean {
  const falls = other.kind === 'fallback' && place.kind === 'fallback';
  return (falls || other.secret === place.secret) && variableFor(other, places) === name;
}

/** A name by which no other secret of the file is asked for; equal secrets of an address and a variable share it. */
function variableFor(place: SecretPlace, places: readonly SecretPlace[]): string {
  if (place.kind === 'fallback') return place.name;
  if (!place.whole) {
    const same = places.find(({ whole, kind, secret }) => whole && kind === 'literal' && secret === place.secret);
    if (same !== undefined) return variableFor(same, places);
  }
  const taken = places.some(({ name, secret }) => name === place.name && secret !== place.secret);
  return taken ? `${place.service}_${place.name}`.toUpperCase().replace(/\W/g, '_') : place.name;
}

/** Plain text in brackets needs quotes around the braces. */
function writtenAs(
  text: string,
  { span, scalar, holder, whole }: SecretPlace,
  reference: string,
): { readonly at: { readonly start: number; readonly end: number }; readonly text: string } | undefined {
  const quoted = /^["']/.test(text.slice(scalar.span.start));
  const inBrackets = /^[[{]/.test(text.slice(holder.span.start));
  if (quoted || !inBrackets) return { at: span, text: reference };
  return whole && span.start === scalar.span.start ? { at: span, text: `"${reference}"` } : undefined;
}
