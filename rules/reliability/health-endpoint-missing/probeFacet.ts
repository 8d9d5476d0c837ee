import { type DataDocument, type FormatDocument, facet } from '#api';
import { isComposeFile } from '../../_shared/delivery/compose.ts';
import { isProductionDockerfile } from '../../_shared/delivery/productionDockerfile.ts';
import { isWorkflow } from '../../_shared/delivery/workflow.ts';
import { folderOf } from '../../_shared/filePath.ts';
import { namedByCompose, probesOfCompose, publishedByCompose } from './composeProbes.ts';
import { probesOfImage, servingImage } from './imageProbes.ts';
import { manifestFacts } from './kubernetesProbes.ts';
import { ANY, type Found, type ProbeFacts } from './probeFacts.ts';
import { waitsOfScripts, waitsOfWorkflow } from './waits.ts';

/** Files with variables that nobody commits, and settings of process managers. */
const SETS_UNSEEN = /\benv_file\b|--env-file\b|\bpm2\b/;
/** Longer documents are data. */
const MAX_LENGTH = 200_000;

type Read = Partial<Omit<ProbeFacts, 'probes' | 'ports'>> & { readonly probes: readonly Found[] };

const NOTHING: Read = { probes: [] };

/** Checks of images, compose files and manifests, waits of workflows and scripts, what images run and how they are called. */
export const probeFacet = facet<never, ProbeFacts>({
  name: 'health/probes',
  documents: {
    languages: ['dockerfile', 'yaml', 'dotenv', 'json'],
    fold(document, { path, localPath, at }) {
      if (document.text.length > MAX_LENGTH) return undefined;
      if (document.language === 'json' && !/(?:^|\/)package\.json$/.test(localPath)) return undefined;
      const named = document.text.match(/\b[A-Z_]*PORT\b/g) ?? [];
      const ports = [...new Set(SETS_UNSEEN.test(document.text) ? [...named, ANY] : named)].sort();
      const facts = read(document, path, localPath);
      const { probes, image, runs = [], patches = [], named: names = [], published = [] } = facts;
      const lists = [ports, probes, runs, patches, names, published];
      if (lists.every(({ length }) => length === 0) && image === undefined) return undefined;
      return {
        ports,
        runs,
        patches,
        named: names,
        published,
        probes: probes.map((probe) => ({ ...probe, at: at(probe.at), portAt: at(probe.portAt) })),
        ...(image && { image }),
      };
    },
  },
});

function read(document: FormatDocument, path: string, localPath: string): Read {
  if (document.language === 'dockerfile') {
    const image = servingImage(document) ?? (isProductionDockerfile(localPath) ? 'other' : undefined);
    return { probes: probesOfImage(document, path), ...(image && { image }) };
  }
  if (document.language === 'json') return { probes: waitsOfScripts(document, path) };
  return document.language === 'yaml' ? readYaml(document, path, localPath) : NOTHING;
}

function readYaml(document: DataDocument, path: string, localPath: string): Read {
  if (isWorkflow(path)) return { probes: waitsOfWorkflow(document, path) };
  if (!isComposeFile(localPath)) return manifestFacts(document);
  const folder = folderOf(path);
  return {
    probes: probesOfCompose(document, folder),
    named: namedByCompose(document, folder),
    published: publishedByCompose(document, folder),
  };
}
