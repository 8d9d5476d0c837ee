import { type DataNode, facet } from '#api';
import { textAt, valueAt } from '../dataMembers.ts';
import { folderOf, lastPart, resolvePath } from '../filePath.ts';
import { healthcheckOf, isComposeFile, servicesOf } from './compose.ts';
import { imageReference } from './imageReference.ts';

/** What a compose file says of the image that one of its services builds. */
export interface ComposeBuild {
  /** Absolute path of the Dockerfile. */
  readonly dockerfile: string;
  /** Absolute path of the folder that is handed to the build. */
  readonly context: string;
  /** An init process receives signals in front of the service. */
  readonly init: boolean;
  /** The service has a health check of its own. */
  readonly healthcheck: boolean;
  /** Last part of the name that the image is given; empty when it is given none. */
  readonly image: string;
  /** A port of the service is open to others than its neighbours. */
  readonly published: boolean;
}

/** Services of compose files that build an image from this project. */
export const composeFacet = facet<never, readonly ComposeBuild[]>({
  name: 'composeBuilds',
  documents: {
    languages: ['yaml'],
    fold(document, { path }) {
      if (document.language !== 'yaml' || !isComposeFile(path)) return undefined;
      const builds = servicesOf(document).flatMap(({ node }) => {
        const built = builtFrom(valueAt(node, 'build'), folderOf(path));
        if (built === undefined) return [];
        const init = valueAt(node, 'init');
        const ports = valueAt(node, 'ports');
        return [
          {
            ...built,
            init: init?.kind === 'scalar' && init.value === true,
            healthcheck: healthcheckOf(node) === 'on',
            image: lastPart(imageReference(textAt(node, 'image') ?? '').name),
            published: ports?.kind === 'array' && ports.items.length > 0,
          },
        ];
      });
      return builds.length > 0 ? builds : undefined;
    },
  },
});

/** What a `build` names; `undefined` where the context lies elsewhere, or the image is described in place. */
export function builtFrom(
  build: DataNode | undefined,
  folder: string,
): Pick<ComposeBuild, 'dockerfile' | 'context'> | undefined {
  const context =
    build?.kind === 'scalar' ? build.value : build?.kind === 'object' ? textAt(build, 'context') : undefined;
  if (typeof context !== 'string' || /\$|:\/\/|^git@/.test(context)) return undefined;
  const file = textAt(build, 'dockerfile') ?? 'Dockerfile';
  if (file.includes('$') || valueAt(build, 'dockerfile_inline') !== undefined) return undefined;
  const at = resolvePath(folder, context);
  return { dockerfile: resolvePath(at, file), context: at };
}
