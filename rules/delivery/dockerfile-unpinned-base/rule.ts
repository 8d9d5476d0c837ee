import { z } from 'zod';
import { rule } from '#api';
import { type BaseImage, baseImages } from '../../_shared/delivery/baseImages.ts';
import { isProductionDockerfile } from '../../_shared/delivery/productionDockerfile.ts';

const options = z.strictObject({
  requireDigest: z.boolean().default(false).describe('Also report tags without a digest (`image:1.2@sha256:…`).'),
});

/** Images whose tags without a number are moved with every release. */
const RELEASED =
  /^(?:node|python|golang|ruby|rust|php|openjdk|eclipse-temurin|alpine|debian|ubuntu|nginx|httpd|caddy|postgres|mysql|mariadb|mongo|redis|oven\/bun|denoland\/deno)$/;
/** Names of releases of Debian and Ubuntu, which stay what they are. */
const CODENAME = /\b(?:bullseye|bookworm|trixie|forky|focal|jammy|noble|resolute)\b/;

type Looseness = 'untagged' | 'moving' | 'undigested';

function loosenessOf({ name, tag, digest, written }: BaseImage, requireDigest: boolean): Looseness | undefined {
  // A default for an image of one's own stands for what the build names.
  if (digest !== '' || (written.includes('$') && !RELEASED.test(name))) return undefined;
  // The version is in the name: `distroless/nodejs22-debian12`.
  if (tag === '' && !/distroless\/.*\d/.test(name)) return 'untagged';
  const isSystem = /^(?:debian|ubuntu)$/.test(name);
  const moving = RELEASED.test(name) && !/\d/.test(tag) && !(isSystem && CODENAME.test(tag));
  if (/^latest(?:-|$)/.test(tag) || (moving && tag !== '')) return 'moving';
  return requireDigest ? 'undigested' : undefined;
}

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Base images without a version, which change from one build to the next.',
    promise: 'Base images are pinned to a version',
    topics: [
      'pinned base image',
      'image tag',
      'latest tag',
      'base image version',
      'image digest',
      'FROM latest',
      'reproducible build',
    ],
    subject: ['from'],
    references: [
      {
        title: 'Docker: pin base image versions',
        url: 'https://docs.docker.com/build/building/best-practices/#pin-base-image-versions',
      },
      {
        title: 'CWE-1357: Reliance on Insufficiently Trustworthy Component',
        url: 'https://cwe.mitre.org/data/definitions/1357.html',
      },
    ],
    messages: {
      untagged:
        '{image} has no tag, so each build takes whatever is the newest that day: a new major version arrives unasked and no build can be repeated. Name a version.',
      moving:
        '{image} moves to each new release, so a major version arrives unasked and no build can be repeated. Name a version.',
      undigested: {
        text: '{image} can be published anew under the same tag. Name its digest as well.',
        priority: 'P3',
      },
    },
  },
  options,
  documents: {
    languages: ['dockerfile'],
    matches: isProductionDockerfile,
    check({ document, options: { requireDigest }, report }) {
      if (document.language !== 'dockerfile') return;
      for (const image of baseImages(document)) {
        const looseness = loosenessOf(image, requireDigest);
        if (looseness !== undefined) report(image.span, looseness, { image: image.written });
      }
    },
  },
});
