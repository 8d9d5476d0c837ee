import { imageReference } from './imageReference.ts';

/** What is known about an image that runs as root unless told otherwise. */
export interface RootImage {
  /** The user without rights that the image brings. */
  readonly user?: string;
}

/**
 * Images whose documentation or Dockerfile leaves the user root, and whose entry point does not give root up by itself, as
 * those of databases and of nginx do.
 */
const ROOT_IMAGES: ReadonlyMap<string, RootImage> = new Map<string, RootImage>([
  ['node', { user: 'node' }],
  ['oven/bun', { user: 'bun' }],
  ['denoland/deno', { user: 'deno' }],
  ...[
    'alpine',
    'amazoncorretto',
    'amazonlinux',
    'buildpack-deps',
    'busybox',
    'centos',
    'debian',
    'eclipse-temurin',
  ].map((name) => [name, {}] as const),
  ...['fedora', 'golang', 'openjdk', 'python', 'ruby', 'rust', 'scratch', 'ubuntu'].map((name) => [name, {}] as const),
]);

/** `undefined` for images of which it is not known that they run as root. */
export function rootImage(reference: string): RootImage | undefined {
  const { name, tag } = imageReference(reference);
  if (name.startsWith('gcr.io/distroless/')) return tag.includes('nonroot') ? undefined : { user: 'nonroot' };
  return ROOT_IMAGES.get(name);
}
