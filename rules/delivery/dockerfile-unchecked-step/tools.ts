import type { DockerDocument } from '#api';
import { imageReference } from '../../_shared/delivery/imageReference.ts';
import { finalImage } from '../../_shared/delivery/stages.ts';

/** A program that asks a service, where a check begins with it. */
const ASKING = /(?:^|[\s;&|(])(curl|wget)\s/;
const PACKAGES = /\b(?:apk|apt-get|apt|yum|dnf|microdnf)\s(?:[^&|;]*\s)?(?:add|install)\s/;
/** Images made from Debian without what fetches: its small ones, and Debian itself. */
const BARE = /(?:^|-)slim(?:-|$)/;

/**
 * Whether the image of a Dockerfile is known to lack the program that a check asks the service with: such a check has never
 * passed, and only looked as if it had.
 */
export function lacksTool(document: DockerDocument, check: string): boolean {
  const tool = ASKING.exec(check)?.[1];
  const image = finalImage(document);
  if (tool === undefined || image?.base === undefined) return false;
  const named = new RegExp(`(?:^|[\\s/])${tool}(?=[\\s=]|$)`);
  const isBrought = image.instructions.some(({ keyword, argument, heredocs }) =>
    keyword === 'RUN'
      ? [argument, ...heredocs.map(({ body }) => body)].some((step) => PACKAGES.test(step) && named.test(step))
      : /^(?:COPY|ADD)$/.test(keyword) && named.test(argument),
  );
  if (isBrought) return false;
  const { name, tag } = imageReference(image.base);
  if (/^(?:debian|ubuntu)$/.test(name)) return true;
  if (!/^(?:alpine|node|python|ruby|golang|oven\/bun|denoland\/deno)$/.test(name)) return false;
  // Busybox has a wget of its own.
  if (name === 'alpine' || /(?:^|-)alpine/.test(tag)) return tool === 'curl';
  return BARE.test(tag);
}
