import type { Anchor, Span } from '#api';

/** A check that asks a service by HTTP where the service runs. */
export interface Probe extends Place<Anchor> {
  /** `undefined` where it is not said, or another program of the same machine may be the one that is asked. */
  readonly port: number | undefined;
  readonly path: string;
  readonly of: BuiltImage | RunImage | StartedProgram | ComposedService;
}

/** Where a check says what it asks for: twice the same for a URL. */
export interface Place<At> {
  readonly at: At;
  readonly portAt: At;
}

/** A check whose places are offsets into its document. */
export type Found = Omit<Probe, keyof Place<Anchor>> & Place<Span>;

/** The image of a Dockerfile of the workspace. */
export interface BuiltImage {
  readonly kind: 'built';
  /** Absolute path. */
  readonly dockerfile: string;
  /** Absolute path of the folder that is handed to the build; `undefined` where it is not said. */
  readonly context: string | undefined;
  /** The stage that is built; `undefined` for the last. */
  readonly stage: string | undefined;
}

/** An image that is run by its name, wherever it comes from. */
export interface RunImage {
  readonly kind: 'run';
  /** Registry and name, without a tag. */
  readonly image: string;
  /** Values that its variables are given; empty for those whose value is kept elsewhere. */
  readonly given: Readonly<Record<string, string>>;
  /** Variables may be given that nobody sees here. */
  readonly isOpen: boolean;
  /** What runs it, `Deployment/api`: patches of other files name it. */
  readonly workload: string;
}

/** A program that a script or a workflow starts beside the check. */
export interface StartedProgram {
  readonly kind: 'started';
  /** `npm run start:e2e`, `node dist/main.js`. */
  readonly command: string;
  /** Absolute path of the folder in which it is started. */
  readonly folder: string;
  /** Nothing else is there that may be asked on the same machine. */
  readonly isAlone: boolean;
}

/** Whatever service of a compose file answers on a port of the machine. */
export interface ComposedService {
  readonly kind: 'composed';
  /** Absolute path of the folder where Compose is run. */
  readonly folder: string;
  /** Absolute path of the file; `undefined` for the one that Compose finds by its name. */
  readonly file: string | undefined;
  /** Services that are started, with those that they depend on; empty for all. */
  readonly services: readonly string[];
  readonly port: number;
}

/** A port of the machine that leads to a service of a compose file. */
export interface PublishedPort {
  readonly host: number;
  readonly service: string;
  /** `undefined` for images from elsewhere, and where another command is run. */
  readonly image: BuiltImage | undefined;
}

/** An image that runs a program of this workspace on Node, Bun or the like, and nothing beside it. */
export interface ServingImage {
  /** Its stage, lower case; empty without a name. */
  readonly stage: string;
  /** Folders that the build names, relative to its context. */
  readonly folders: readonly string[];
  /** Ports that it says it serves. */
  readonly exposes: readonly string[];
  /** Values that the image gives to variables. */
  readonly variables: Readonly<Record<string, string>>;
}

/** What a text document says of checks and of where services listen. */
export interface ProbeFacts {
  readonly probes: readonly Probe[];
  /** What a Dockerfile for production builds: `'other'` where it is not certain what runs in it. */
  readonly image?: ServingImage | 'other';
  /** Names of the images that manifests run, those left out that everybody uses. */
  readonly runs: readonly string[];
  /** Images by the names that are given to them where they are built. */
  readonly named: readonly { readonly name: string; readonly image: BuiltImage }[];
  readonly published: readonly PublishedPort[];
  /** What it changes of manifests of other files, `Deployment/api`; {@link ANY} where that cannot be told. */
  readonly patches: readonly string[];
  /** Variables named in it that may say where to listen; {@link ANY} where a file that is not read may set them. */
  readonly ports: readonly string[];
}

/** Stands for every variable, and for everything that is run. */
export const ANY = '*';
