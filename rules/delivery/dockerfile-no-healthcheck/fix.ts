import type { FixContext, TextEdit } from '#api';
import { aboveInstruction } from '../../_shared/delivery/dockerLines.ts';
import { imageReference } from '../../_shared/delivery/imageReference.ts';
import { lineEnd } from '../../_shared/layout.ts';
import { uncheckedImage } from './servedImage.ts';

/** From here on Node has `fetch`. */
const WITH_FETCH = 18;

/** The program with which an image can ask a port; `undefined` for those of which none is known. */
function programOf(base: string): string | undefined {
  const { name, tag } = imageReference(base);
  const major = /^\d+/.exec(tag)?.[0];
  if (name === 'node') return major === undefined || Number(major) >= WITH_FETCH ? 'node' : undefined;
  // These images have no search path; every line of them that is built today is newer.
  return name.startsWith('gcr.io/distroless/nodejs') ? '/nodejs/bin/node' : undefined;
}

/**
 * Adds a check that asks the route by which the service tells that it lives, and at `/`, of which nothing is known, takes every
 * answer without an error of the server.
 */
export function askPort(ctx: FixContext<unknown>): TextEdit[] | undefined {
  const found = ctx.document.language === 'dockerfile' ? uncheckedImage(ctx.document) : undefined;
  if (found?.port === undefined) return undefined;
  const { image, start, port } = found;
  const program = programOf(image.base ?? '');
  const before = image.instructions.find(
    ({ keyword, stage }) => stage === image.from.stage && (keyword === 'CMD' || keyword === 'ENTRYPOINT'),
  );
  if (program === undefined || before === undefined || start.stage !== image.from.stage) return undefined;
  const route = String(ctx.data['route']);
  const isWell = route === '/' ? 'r.status < 500' : 'r.ok';
  const ask = `fetch('http://127.0.0.1:${port}${route}').then((r) => process.exit(${isWell} ? 0 : 1), () => process.exit(1))`;
  const line = `HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["${program}", "-e", "${ask}"]`;
  return [ctx.insert(aboveInstruction(ctx.text, before.span.start), `${line}${lineEnd(ctx.text)}`)];
}
