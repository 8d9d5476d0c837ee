import { folderOf } from '../../_shared/filePath.ts';
import type { WebService } from '../../_shared/web/project/model.ts';
import type { BuiltImage, ServingImage } from './probeFacts.ts';

/** The one service that an image runs; `undefined` where it may be another one, or none. */
export function serviceOf(
  { dockerfile, context, stage }: Omit<BuiltImage, 'kind'>,
  image: ServingImage,
  services: readonly WebService[],
): WebService | undefined {
  if (stage !== undefined && stage.toLowerCase() !== image.stage) return undefined;
  const serving = services.filter(({ apps }) => apps.length > 0);
  const own = folderOf(dockerfile);
  const beside = serving.find(({ folder }) => folder === own);
  const around = context ?? own;
  const below = serving.filter(({ folder }) => `${folder}/`.startsWith(`${around}/`));
  if (beside !== undefined && (below.length <= 1 || around !== own)) return beside;
  const [only, ...others] = below;
  if (beside !== undefined || only === undefined || others.length > 0) return undefined;
  if (only.folder === around) return only;
  const local = only.folder.slice(around.length + 1);
  const isNamed = image.folders.some((folder) => `${folder.replace(/^(?:\.?\/)+/, '')}/`.startsWith(`${local}/`));
  return isNamed ? only : undefined;
}
