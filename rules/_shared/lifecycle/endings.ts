import { type FileHeader, ts } from '#api';

/** Methods by whose call an object learns that nobody needs it any more, whoever calls them. */
const ENDING =
  /^(?:stop|end|finish|dispose|disposeAsync|disposeInternal|close|shutdown|shutDown|destroy|destroyed|teardown|tearDown|cleanup|cleanUp|clean|clear|cancel|abort|kill|terminate|release|reset|unload|deactivate|disable|detach|disconnect|unmount|unmounted|unwatch|unsubscribe|unregister|uninstall|unbind|unlisten|pause|exit|quit|remove|free|drain|halt|beforeDestroy|beforeUnmount|onModuleDestroy|onApplicationShutdown|beforeApplicationShutdown|ngOnDestroy|componentWillUnmount|disconnectedCallback|onDestroy|onUnload|onClose|onRemove|willDestroy|_destroy|_final|_close|_dispose)$/;

/** `stopPolling`, `_clearTimers`, `handleClose`, `onSessionEnd`: a word of ending leads, or says when the method is called. */
const ENDING_WORD =
  /^_*(?:stop|end|dispose|close|shutdown|shutDown|destroy|tear[dD]own|clean[uU]p|clear|cancel|abort|kill|terminate|release|unload|deactivate|disable|detach|disconnect|unmount|unsubscribe|unregister|uninstall|unbind|pause|remove|free|drain|halt|reset|finish)(?=[A-Z_\d]|$)|^(?:_*(?:on|handle|before|did|will))\w*(?:Stop|End|Dispose|Close|Shutdown|Destroy|Exit|Disconnect|Unmount|Unload|Remove|Abort|Cancel|Leave|Hide|Blur|Error|Finish|Complete)(?:d|ed|ped)?$/;

/** Whether a method of this name is where an object gives back what it holds. */
export function isEndingName(name: string): boolean {
  return ENDING.test(name) || ENDING_WORD.test(name);
}

/** The method's name as it is written, `Symbol.dispose` for a computed one; `undefined` when it cannot be told. */
export function memberName(name: ts.PropertyName | undefined): string | undefined {
  if (name === undefined) return undefined;
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteralLike(name)) return name.text;
  return ts.isComputedPropertyName(name) && ts.isPropertyAccessExpression(name.expression)
    ? name.expression.getText()
    : undefined;
}

/** A method, accessor or arrow-function field of a class by which an object ends. */
export type EndingMember = ts.MethodDeclaration | ts.PropertyDeclaration;

/** The members of a class by which its objects end, in source order. */
export function endingMembers(cls: ts.ClassLikeDeclaration): readonly EndingMember[] {
  return cls.members.filter((member): member is EndingMember => {
    if (!ts.isMethodDeclaration(member) && !isFunctionField(member)) return false;
    const name = memberName(member.name);
    return name !== undefined && (isEndingName(name) || name === 'Symbol.dispose' || name === 'Symbol.asyncDispose');
  });
}

function isFunctionField(member: ts.ClassElement): member is ts.PropertyDeclaration {
  return (
    ts.isPropertyDeclaration(member) &&
    member.initializer !== undefined &&
    (ts.isArrowFunction(member.initializer) || ts.isFunctionExpression(member.initializer))
  );
}

/** A frame that calls a method of its own name when an object ends, told by what a class extends, implements or wears. */
interface Frame {
  readonly heritage: RegExp;
  readonly decorators: RegExp;
  readonly ending: string;
  /** Whether the frame's own class has that method, which has to be called as well. */
  readonly callsSuper: boolean;
}

const FRAMES: readonly Frame[] = [
  {
    heritage: /^(?:react|preact)(?:#|$)/,
    decorators: /^$/,
    ending: 'componentWillUnmount',
    callsSuper: false,
  },
  {
    heritage: /^(?:lit#LitElement|lit-element#LitElement|@polymer\/polymer#PolymerElement)$/,
    decorators: /^lit\/decorators(?:\.js)?#customElement$/,
    ending: 'disconnectedCallback',
    callsSuper: true,
  },
  {
    heritage: /^global#HTML\w*Element$/,
    decorators: /^$/,
    ending: 'disconnectedCallback',
    callsSuper: false,
  },
  {
    heritage: /^@angular\/core#On(?:Init|Destroy)$/,
    decorators: /^@angular\/core#(?:Component|Directive|Injectable|Pipe)$/,
    ending: 'ngOnDestroy',
    callsSuper: false,
  },
  {
    heritage: /^@nestjs\/common#(?:OnModuleInit|OnModuleDestroy|OnApplicationBootstrap)$/,
    decorators: /^@nestjs\/(?:common#(?:Injectable|Controller|Module|Global)|websockets#WebSocketGateway)$/,
    ending: 'onModuleDestroy',
    callsSuper: false,
  },
];

/** How objects of a class learn of their end. */
export interface Ending {
  readonly name: string;
  readonly callsSuper: boolean;
  /** False when nothing calls the method by itself: somebody has to be told of it. */
  readonly calledByFrame: boolean;
}

/**
 * The method by which objects of this class should give back what they hold: the frame's own, else `stop` where the class
 * has a `start`, else `dispose`.
 */
export function endingOf(cls: ts.ClassLikeDeclaration, header: FileHeader): Ending {
  const bases = (cls.heritageClauses ?? []).flatMap((clause) => clause.types.map((type) => type.expression));
  const decorators = (ts.canHaveDecorators(cls) ? (ts.getDecorators(cls) ?? []) : []).map(({ expression }) =>
    ts.isCallExpression(expression) ? expression.expression : expression,
  );
  const resolves = (nodes: readonly ts.Node[], pattern: RegExp): boolean =>
    nodes.some((node) => pattern.test(header.resolve(node) ?? unresolvedElement(node)));
  for (const frame of FRAMES) {
    if (resolves(bases, frame.heritage) || resolves(decorators, frame.decorators)) {
      return { name: frame.ending, callsSuper: frame.callsSuper, calledByFrame: true };
    }
  }
  const starts = cls.members.some(
    (member) => ts.isMethodDeclaration(member) && /^start/.test(memberName(member.name) ?? ''),
  );
  return { name: starts ? 'stop' : 'dispose', callsSuper: false, calledByFrame: false };
}

/** `HTMLElement` and its kin are too many for the list of globals that headers know. */
function unresolvedElement(node: ts.Node): string {
  return ts.isIdentifier(node) && /^HTML\w*Element$/.test(node.text) ? `global#${node.text}` : '';
}
