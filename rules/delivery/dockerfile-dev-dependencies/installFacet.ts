import { type Anchor, facet, type Span } from '#api';
import { commandOf, isForWork } from '../../_shared/delivery/imageCommand.ts';
import {
  commandSpan,
  installsIn,
  isFloating,
  isOldNode,
  oldFlags,
  verbSpan,
} from '../../_shared/delivery/imageInstalls.ts';
import { isProductionDockerfile, isStageForWork } from '../../_shared/delivery/productionDockerfile.ts';
import { finalImage } from '../../_shared/delivery/stages.ts';
import { shippedPackages } from './shipped.ts';

/** A place of a Dockerfile that installs more than production needs, or not exactly that. */
export interface InstallFact {
  readonly kind: 'floating' | 'oldFlag' | 'installed' | 'copied';
  /** The flag, or the manager. */
  readonly what: string;
  readonly at: Anchor;
}

/** How the Dockerfiles of the project install its packages. */
export const installFacet = facet<never, readonly InstallFact[]>({
  name: 'imageInstalls',
  documents: {
    languages: ['dockerfile'],
    fold(document, { localPath, at }) {
      if (document.language !== 'dockerfile' || !isProductionDockerfile(localPath)) return undefined;
      const image = finalImage(document);
      if (image === undefined || isStageForWork(image.name)) return undefined;
      const command = commandOf(image);
      if (isForWork(image, command)) return undefined;
      const found: (Omit<InstallFact, 'at'> & { readonly span: Span })[] = [];
      for (const install of installsIn(document)) {
        if (isFloating(install)) found.push({ kind: 'floating', what: install.manager, span: verbSpan(install) });
        for (const { span, flag } of isOldNode(install) ? [] : oldFlags(install))
          found.push({ kind: 'oldFlag', what: flag, span });
      }
      // Without a command it is the beginning of another image.
      for (const { install, copy } of command.length > 0 ? shippedPackages(document) : []) {
        const span = copy?.span ?? commandSpan(install);
        found.push({ kind: copy === undefined ? 'installed' : 'copied', what: install.manager, span });
      }
      const sorted = found.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
      const facts = sorted
        .filter(({ span, kind }, index) => {
          const before = sorted[index - 1];
          return before?.kind !== kind || before.span.start !== span.start;
        })
        .map(({ kind, what, span }) => ({ kind, what, at: at(span) }));
      return facts.length > 0 ? facts : undefined;
    },
  },
});

/** Whether a package.json names packages for development. */
export const developmentFacet = facet<never, boolean>({
  name: 'hasDevDependencies',
  documents: {
    languages: ['json'],
    fold(document, { path }) {
      if (document.language !== 'json' || !path.endsWith('/package.json')) return undefined;
      const [root] = document.roots;
      if (root?.kind !== 'object') return undefined;
      const development = root.entries.find(({ key }) => key === 'devDependencies')?.value;
      return development?.kind === 'object' && development.entries.length > 0;
    },
  },
});
