import type { Traits } from '../../_shared/testing/uses.ts';

/** Constructors that attach to a server; closing the attached one closes it as well. */
const ATTACHES = new Set(['socket.io#Server', 'socket.io']);

/** How servers are closed and talked to. */
export const SERVER_TRAITS: Traits = {
  closing:
    /^(?:close|stop|shutdown|shutDown|destroy|kill|terminate|end|dispose|teardown|tearDown|cleanup|unref|disconnect)$/,
  onlyLooks:
    /^(?:request|supertest|agent|get|post|put|patch|delete|fetch|inject|expect|assert|ok|equal|strictEqual|deepEqual|log|info|debug|warn|error|String|Boolean|once|on|connect|client|io|ioc|Client|superwstest|wsrequest|isListening)$|address|port|url|listening|^get[A-Z]|^is[A-Z]|^wait[A-Z]/i,
  attaches(reference) {
    if (reference !== undefined && ATTACHES.has(reference)) return 'closes';
    return reference?.startsWith('ws') === true ? 'leaves' : undefined;
  },
};
