import { type Anchor, type DataDocument, facet } from '#api';
import { entryAt, textAt } from '../../_shared/dataMembers.ts';
import { isComposeFile, servicesOf } from '../../_shared/delivery/compose.ts';
import { imageReference } from '../../_shared/delivery/imageReference.ts';
import { isProductionDockerfile } from '../../_shared/delivery/productionDockerfile.ts';
import { lastPart } from '../../_shared/filePath.ts';
import { uncheckedImage } from './servedImage.ts';

/** A Dockerfile for production without a check. */
export interface UncheckedFact {
  readonly isExposed: boolean;
  /** As text for the message; empty when it is not known. */
  readonly port: string;
  readonly at: Anchor;
}

/** Dockerfiles that run a program and have no `HEALTHCHECK`. */
export const uncheckedFacet = facet<never, UncheckedFact>({
  name: 'uncheckedImages',
  documents: {
    languages: ['dockerfile'],
    fold(document, { localPath, at }) {
      if (document.language !== 'dockerfile' || !isProductionDockerfile(localPath)) return undefined;
      const found = uncheckedImage(document);
      return found && { isExposed: found.isExposed, port: String(found.port ?? ''), at: at(found.shown.span) };
    },
  },
});

/** What a file says about checks from outside of an image. */
export interface CheckFact {
  /** Something runs the images of the project that asks in its own way and takes no notice of `HEALTHCHECK`. */
  readonly byPlatform: boolean;
  /** Last parts of the names of images that a compose file pulls and checks. */
  readonly images: readonly string[];
}

/** Kubernetes, ECS, Cloud Run and other platforms, by their manifests, and by the commands that deploy to them. */
const PLATFORM =
  /\b(?:liveness|readiness|startup)Probe\b|^kind:\s*(?:Deployment|StatefulSet|DaemonSet|Rollout|HelmRelease)\b|\b(?:h|H)ealth_?[cC]heck_?[pP]ath\b|"healthCheck"|\bhealth_check\b|AWS::(?:ECS|ElasticLoadBalancingV2|AppRunner)|\bkubectl\b|\bhelm\s+(?:upgrade|install|template)\b|\bgcloud\s+(?:beta\s+)?run\b|deploy-cloudrun|\bamazon-ecs-|\baws\s+ecs\b|\bflyctl?\s+deploy|superfly\/|\bheroku\b|azure\/(?:container-apps|webapps)|\brailway\s+up|\bdocker\s+(?:run|service\s+(?:create|update))\b(?:[^\n\\]|\\[\s\S])*?--health-cmd/m;
/** Manifests are not longer. */
const MAX_TEXT = 200_000;

/** Files that tell how the images of the project are checked where they run. */
export const checkFacet = facet<never, CheckFact>({
  name: 'imageChecks',
  documents: {
    languages: ['yaml', 'json'],
    fold(document, { path }) {
      if (!('roots' in document) || document.text.length > MAX_TEXT || /\/package(?:-lock)?\.json$/.test(path))
        return undefined;
      if (isComposeFile(path)) {
        const images = pulledAndChecked(document);
        return images.length > 0 ? { byPlatform: false, images } : undefined;
      }
      return PLATFORM.test(document.text) ? { byPlatform: true, images: [] } : undefined;
    },
  },
});

function pulledAndChecked(document: DataDocument): readonly string[] {
  return servicesOf(document).flatMap(({ node }) => {
    if (entryAt(node, 'healthcheck') === undefined || entryAt(node, 'build') !== undefined) return [];
    const { name } = imageReference(textAt(node, 'image') ?? '');
    return [lastPart(name)];
  });
}
