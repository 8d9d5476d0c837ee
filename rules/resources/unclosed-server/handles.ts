import { type SourceFacetContext, ts } from '#api';
import { type Binding, bindingOf, holderBinding, type Uses, usesOf } from '../../_shared/testing/uses.ts';
import { SERVER_TRAITS } from './serverTraits.ts';
import type { Start } from './starts.ts';

/** A start with what its file does with the server. */
export interface Handle {
  readonly start: Start;
  readonly binding: Binding | undefined;
  readonly uses: Uses | undefined;
}

/** The server is in a property of something: whoever owns that may close it. */
export const unknownUses: Uses = { closes: [], calls: new Set(), escapes: true, handedOn: false, returned: false };

/** Finds what becomes of a server that was started. */
export function handleOf(start: Start, ctx: SourceFacetContext): Handle {
  const held = start.holder === undefined ? undefined : holderBinding(start.holder, ctx.lookup);
  const result = bindingOf(start.call, ctx.lookup);
  // A parameter belongs to the caller; a listener's `this` is the server.
  if ((typeof held === 'object' && ts.isParameter(held)) || handsOutThis(start.call)) {
    return { start, binding: undefined, uses: unknownUses };
  }
  const bindings = [held, result].filter((binding) => binding !== undefined);
  const all = bindings.map((binding) => usesOf(binding, ctx, SERVER_TRAITS));
  if (all.length === 0)
    return { start, binding: undefined, uses: start.holder === undefined ? undefined : unknownUses };
  return {
    start,
    binding: result ?? held,
    uses: {
      closes: all.flatMap(({ closes }) => closes),
      calls: new Set(all.flatMap(({ calls }) => [...calls])),
      escapes: all.some(({ escapes, handedOn }) => escapes || handedOn),
      handedOn: false,
      returned: all.some(({ returned }) => returned),
    },
  };
}

function handsOutThis(call: Start['call']): boolean {
  return (call.arguments ?? []).some(
    (argument) => ts.isFunctionExpression(argument) && /\bthis\b(?!\.)/.test(argument.getText()),
  );
}
