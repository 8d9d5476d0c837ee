import type { DataDocument, DataNode, DataScalar, Span } from '#api';
import { valueAt } from '../../_shared/dataMembers.ts';
import { type ComposeService, servicesOf } from '../../_shared/delivery/compose.ts';
import { isSecretName, isSecretValue } from './secretNames.ts';

/** A secret that is written into a compose file. */
export interface SecretPlace {
  /** The secret; the whole `${…}` where it stands in one. */
  readonly span: Span;
  readonly kind: 'literal' | 'fallback';
  readonly secret: string;
  /** The variable that it is for. */
  readonly name: string;
  readonly service: string;
  /** The value that it is a part of, and its list or object. */
  readonly scalar: DataScalar;
  readonly holder: DataNode;
  /** The value is nothing but the secret. */
  readonly whole: boolean;
}

interface Setting {
  readonly name: string;
  readonly value: string;
  /** Where the value is written, quotes left out. */
  readonly start: number;
  readonly scalar: DataScalar;
  readonly holder: DataNode;
}

/** Programs that take any key and keep nothing. */
const EMULATOR = /localstack|dynamodb-local|elasticmq|\bmoto\b|azurite|firebase-tools|adobe\/s3mock|sqs-local/i;

/** What people write where a key has to be there and is not looked at. */
const DUMMY = /^(?:key|secret|test|dummy|fake|foo(?:bar)?|local|any\w*)$/i;

/** Finds the secrets in environments and build arguments, each once, however often it is merged. */
export function secretsIn(document: DataDocument): readonly SecretPlace[] {
  const found = new Map<number, SecretPlace>();
  const emulated = EMULATOR.test(document.text);
  for (const service of servicesOf(document)) {
    for (const setting of settingsOf(document.text, service)) {
      if (setting.name.startsWith('AWS_') && (emulated || DUMMY.test(setting.value))) continue;
      for (const place of placesIn(setting, service.name)) found.set(place.span.start, place);
    }
  }
  return [...found.values()].sort((a, b) => a.span.start - b.span.start);
}

function settingsOf(text: string, { node }: ComposeService): readonly Setting[] {
  return [valueAt(node, 'environment'), valueAt(node, 'build', 'args')].flatMap((holder) => {
    if (holder?.kind === 'array') return holder.items.flatMap((item) => settingInList(text, item, holder));
    if (holder?.kind !== 'object') return [];
    return holder.entries.flatMap(({ key, value }) => {
      if (value?.kind !== 'scalar' || value.value === null || typeof value.value === 'boolean') return [];
      const written = writtenIn(text, value);
      return written === undefined ? [] : [{ name: key, ...written, scalar: value, holder }];
    });
  });
}

function settingInList(text: string, item: DataNode, holder: DataNode): readonly Setting[] {
  const written = item.kind === 'scalar' ? writtenIn(text, item) : undefined;
  const match = written && /^([A-Za-z_][\w.]*)=(.*)$/.exec(written.value);
  if (item.kind !== 'scalar' || !match) return [];
  const [, name = '', value = ''] = match;
  return [{ name, value, start: written.start + name.length + 1, scalar: item, holder }];
}

/** The text of a value of one line; `undefined` where escapes or folds make it another one. */
function writtenIn(text: string, { span, definition }: DataScalar): Pick<Setting, 'value' | 'start'> | undefined {
  if (definition !== undefined) return undefined;
  const raw = text.slice(span.start, span.end);
  if (/[\n\\]/.test(raw) || /^[|>&!]/.test(raw)) return undefined;
  const quote = /^["']/.test(raw) ? 1 : 0;
  return { value: raw.slice(quote, raw.length - quote), start: span.start + quote };
}

const REFERENCE = /^\$\{(\w+)(:?-)(.*)\}$/;
const CREDENTIALS = /^([a-z][\w+.-]*):\/\/(?:\$\{[^}]*\}|[^\s:/@])*:((?:\$\{[^}]*\}|[^\s@/])+)@/i;

function placesIn(setting: Setting, service: string): readonly SecretPlace[] {
  const { name, value, start, scalar, holder } = setting;
  const place = (
    kind: SecretPlace['kind'],
    variable: string,
    secret: string,
    at: number,
    length: number,
  ): SecretPlace => ({
    span: { start: start + at, end: start + at + length },
    kind,
    secret,
    name: variable,
    service,
    scalar,
    holder,
    whole: length === value.length,
  });
  const reference = REFERENCE.exec(value);
  if (reference !== null) {
    const [, variable = '', , fallback = ''] = reference;
    const inUrl = CREDENTIALS.exec(fallback)?.[2];
    const secret = inUrl ?? (isSecretName(name) || isSecretName(variable) ? fallback : '');
    return isSecretValue(secret) ? [place('fallback', variable, secret, 0, value.length)] : [];
  }
  const credentials = CREDENTIALS.exec(value);
  if (credentials !== null) {
    const [whole, scheme = '', secret = ''] = credentials;
    const at = whole.length - 1 - secret.length;
    const nested = REFERENCE.exec(secret);
    if (nested !== null) {
      const [, variable = '', , fallback = ''] = nested;
      return isSecretValue(fallback) ? [place('fallback', variable, fallback, at, secret.length)] : [];
    }
    return isSecretValue(secret) ? [place('literal', passwordFor(scheme), secret, at, secret.length)] : [];
  }
  return isSecretName(name) && isSecretValue(value) ? [place('literal', name, value, 0, value.length)] : [];
}

/** The variable for the password of an address. */
function passwordFor(scheme: string): string {
  const name = scheme
    .toLowerCase()
    .replace(/\+.*$/, '')
    .replace(/^postgresql$/, 'postgres')
    .replace(/^mongodb$/, 'mongo')
    .replace(/^amqps?$/, 'rabbitmq')
    .replace(/^rediss$/, 'redis');
  return `${name.toUpperCase().replace(/\W/g, '_')}_PASSWORD`;
}
