/** What an address says about where it leads. */
export type Reach = 'this machine' | 'a private network' | 'an environment of its own';

const URL_START =
  /^(?:https?|wss?|rediss?|mongodb(?:\+srv)?|postgres(?:ql)?|mysql|amqps?|nats|mqtts?|grpc):\/\/(?:[^\s/@]*@)?/;
const LOCAL = /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\]|host\.docker\.internal)(?=[:/?#]|$)/;
const PRIVATE =
  /^(?:10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|[\w-]+(?:\.[\w-]+)*\.(?:internal|local|lan|corp|intranet))(?=[:/?#]|$)/i;
const STAGE =
  /^(?:[\w-]+[.-])*(?:dev|develop|development|staging|stage|stg|qa|uat|preprod|sandbox)(?:[.-][\w-]+)*\.[a-z]{2,}(?=[:/?#]|$)/i;
/** Sandboxes that companies offer to everybody. */
const PUBLIC = /^(?:[\w-]+\.)*(?:dev|sandbox)\.(?:to|azure\.com|paypal\.com|twitch\.tv|mysql\.com|com)(?=[:/?#]|$)/i;
/** Pages for people who build on a company's services: `https://dev.example.com/portal`. */
const FOR_DEVELOPERS =
  /^(?:dev|developers?)\.[\w-]+\.[a-z]{2,}\/(?:portal|console|docs?|dashboard|reference|guides?|learn|blog|apps)(?=[/?#]|$)/i;

/** Where an address leads that is only right in one place; `undefined` for all others. */
export function reachOf(text: string): Reach | undefined {
  const scheme = URL_START.exec(text)?.[0];
  if (scheme === undefined) return undefined;
  const host = text.slice(scheme.length);
  // Without a port it is the base by which a path is parsed.
  if (/^localhost\/?$/.test(host) && scheme.startsWith('http')) return undefined;
  if (LOCAL.test(host)) return 'this machine';
  if (PRIVATE.test(host)) return 'a private network';
  return STAGE.test(host) && !PUBLIC.test(host) && !FOR_DEVELOPERS.test(host) ? 'an environment of its own' : undefined;
}
