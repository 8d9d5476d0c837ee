import { facet } from '#api';
import { rootImage } from '../../_shared/delivery/knownImages.ts';
import { finalImage } from '../../_shared/delivery/stages.ts';

export interface ImageCheck {
  readonly health: 'checked' | 'unchecked';
  /** Name of the stage that is built when nobody asks for another one, lower case. */
  readonly stage: string;
}

/** Whether the image of a Dockerfile brings a health check; nothing where its base may bring one. */
export const imageCheckFacet = facet<never, ImageCheck>({
  name: 'imageHealthchecks',
  documents: {
    languages: ['dockerfile'],
    fold(document) {
      const image = document.language === 'dockerfile' ? finalImage(document) : undefined;
      if (image === undefined) return undefined;
      const check = image.instructions.findLast(({ keyword }) => keyword === 'HEALTHCHECK');
      const isBare = image.base !== undefined && rootImage(image.base) !== undefined;
      if (check === undefined && !isBare) return undefined;
      const isChecked = check !== undefined && !/^NONE\b/i.test(check.argument.trim());
      return { health: isChecked ? 'checked' : 'unchecked', stage: image.name };
    },
  },
});
