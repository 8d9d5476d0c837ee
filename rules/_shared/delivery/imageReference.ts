/** The parts of a reference such as `docker.io/library/node:22@sha256:…`. */
export interface ImageReference {
  /** Registry and name, lower case; official images by their bare name, whichever registry serves them. */
  readonly name: string;
  /** Empty when there is none. */
  readonly tag: string;
  readonly digest: string;
}

/** Registries that serve the official images under the same names. */
const OFFICIAL =
  /^(?:(?:(?:index\.|registry-1\.)?docker\.io|public\.ecr\.aws\/docker|mirror\.gcr\.io)\/)?(?:library\/)?/;

/** Takes a reference of an image apart. */
export function imageReference(text: string): ImageReference {
  const [path = '', digest = ''] = text.split('@');
  const [name = '', tag = ''] = path.replace(OFFICIAL, '').split(/:(?!.*\/)/);
  return { name: name.toLowerCase(), tag, digest };
}
