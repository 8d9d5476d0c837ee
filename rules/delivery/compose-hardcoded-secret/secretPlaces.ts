import type { DataDocument, DataNode, DataScalar, Span } from '#api';
import { valueAt } from '../../_shared/dataMembers.ts';
import { type ComposeService, servicesOf } from '../../_shared/delivery/compose.ts';
import { type ComposeSetting, settingsIn } from '../../_shared/delivery/composeSettings.ts';
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

function settingsOf(text: string, { node }: ComposeService): readonly ComposeSetting[] {
  return [valueAt(node, 'environment'), valueAt(node, 'build', 'args')].flatMap((holder) => settingsIn(text, holder));
}

const REFERENCE = /^\$\{(\w+)(:?-)(.*)\}$/;
const CREDENTIALS = /^([a-z][\w+.-]*):\/\/(?:\$\{[^}]*\}|[^\s:/@])*:((?:\$\{[^}]*\}|[^\s@/])+)@/i;

function placesIn(setting: ComposeSetting, service: string): readonly SecretPlace[] {
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
