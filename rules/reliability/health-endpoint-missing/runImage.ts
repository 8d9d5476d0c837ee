import type { ProjectContext } from '#api';
import { isProductionDockerfile } from '../../_shared/delivery/productionDockerfile.ts';
import { folderOf, lastPart } from '../../_shared/filePath.ts';
import { nameWords } from '../../_shared/nameWords.ts';
import { packageFacet } from '../../_shared/project/packageFacet.ts';
import type { WebService } from '../../_shared/web/project/model.ts';
import { serviceOf } from './imageService.ts';
import { probeFacet } from './probeFacet.ts';
import type { BuiltImage, ProbeFacts, ServingImage } from './probeFacts.ts';

/** Where an image that is run by its name is built. */
export interface BuiltHere {
  readonly built: BuiltImage;
  readonly image: ServingImage;
  readonly service: WebService;
  /** Nothing but that there is one of each says so: something else has to agree. */
  readonly isGuess: boolean;
}

type View = Pick<ProjectContext<string, unknown>, 'all' | 'root'>;

/** Names that tell nothing. */
const COMMON = /^(?:app|api|service|server|backend|back|node|nodejs|js|ts|demo|test|image|docker|k8s|latest|my|the)$/;
/** Names of what stands beside a service. */
const BESIDE =
  /^(?:web|site|front|frontend|ui|client|spa|worker|jobs?|cron|scheduler|migrat\w*|seed|proxy|gateway|docs)$/;

/** The service of the workspace in an image that a file runs by its name; `undefined` where it may be any other. */
export function serviceRunAs(
  name: string,
  manifest: string,
  services: readonly WebService[],
  ctx: View,
): BuiltHere | undefined {
  const files = [...ctx.all(probeFacet)].map(({ path, value }) => ({ path, value }));
  const named = files.flatMap(({ value }) => value.named.filter((one) => isSameName(one.name, name)));
  const [first] = named;
  if (first !== undefined) {
    const isOne = named.every(({ image }) => image.dockerfile === first.image.dockerfile);
    return isOne ? here(first.image, files, services, false) : undefined;
  }
  const dockerfiles = files.filter(({ path, value }) => value.image !== undefined && isProductionDockerfile(path));
  const built = dockerfiles.map(
    ({ path }): BuiltImage => ({ kind: 'built', dockerfile: path, context: undefined, stage: undefined }),
  );
  const packages = new Map([...ctx.all(packageFacet)].map(({ path, value }) => [folderOf(path), value.name ?? '']));
  const alike = built.filter(({ dockerfile }) => hasName(folderOf(dockerfile), name, packages, ctx.root));
  const [own, ...others] = alike;
  if (own !== undefined) return others.length > 0 ? undefined : here(own, files, services, false);
  const sole = soleAround(manifest, built, files, ctx.root);
  const found = sole && here(sole, files, services, true);
  if (found === undefined || isBeside(name, found.service)) return undefined;
  return { ...found, isGuess: !sharesWord(name, found.service) };
}

type File = { readonly path: string; readonly value: ProbeFacts };

function here(
  built: BuiltImage,
  files: readonly File[],
  services: readonly WebService[],
  isGuess: boolean,
): BuiltHere | undefined {
  const image = files.find(({ path }) => path === built.dockerfile)?.value.image;
  if (image === undefined || image === 'other') return undefined;
  const service = serviceOf(built, image, services);
  return service && { built, image, service, isGuess };
}

/** Whether two names of images are the same, whatever registry they are kept in. */
function isSameName(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

/** `ghcr.io/harbour/berths-api` for `services/berths-api/Dockerfile`; a name may begin with that of the project. */
function hasName(folder: string, name: string, packages: ReadonlyMap<string, string>, root: string): boolean {
  const own = packages.get(folder) ?? '';
  if (own !== '' && plain(name) === plain(own)) return true;
  return plain(name) === plain(folder) || (folder !== root && plain(name).endsWith(`-${plain(folder)}`));
}

function plain(name: string): string {
  return lastPart(name).toLowerCase().replace(/[_.]/g, '-');
}

/** The only Dockerfile in the innermost folder around a manifest that has any, where manifests run one image alone. */
function soleAround(
  manifest: string,
  built: readonly BuiltImage[],
  files: readonly File[],
  root: string,
): BuiltImage | undefined {
  for (let folder = folderOf(manifest); folder.length >= root.length; folder = folderOf(folder)) {
    const [only, ...others] = built.filter(({ dockerfile }) => dockerfile.startsWith(`${folder}/`));
    if (only === undefined) continue;
    const runs = files.flatMap(({ path, value }) => (path.startsWith(`${folder}/`) ? value.runs : []));
    return others.length === 0 && new Set(runs.map(plain)).size === 1 ? only : undefined;
  }
  return undefined;
}

function sharesWord(image: string, service: WebService): boolean {
  const own = wordsOf(service);
  return nameWords(lastPart(image)).some((word) => word.length > 2 && !COMMON.test(word) && own.includes(word));
}

/** Whether an image is called like another part of the same project: `harbour-frontend` beside `harbour`. */
function isBeside(image: string, service: WebService): boolean {
  const own = wordsOf(service);
  return nameWords(lastPart(image)).some((word) => BESIDE.test(word) && !own.includes(word));
}

function wordsOf({ folder, package: facts }: WebService): readonly string[] {
  return [lastPart(folder), lastPart(facts?.name ?? '')].flatMap((name) => nameWords(name));
}
