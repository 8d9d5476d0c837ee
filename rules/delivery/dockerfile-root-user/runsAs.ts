import type { DockerDocument, DockerInstruction } from '#api';
import { commandOf, isForWork, isScript, waitsForPeople } from '../../_shared/delivery/imageCommand.ts';
import { rootImage } from '../../_shared/delivery/knownImages.ts';
import { expand, type FinalImage, finalImage } from '../../_shared/delivery/stages.ts';
import { type OtherUser, otherUser } from './otherUser.ts';

/** An image whose process runs as root. */
export interface RootRun {
  readonly image: FinalImage;
  /** `USER root`, when somebody wrote it. */
  readonly user: DockerInstruction | undefined;
  /** What starts the process. */
  readonly start: DockerInstruction;
  readonly command: readonly string[];
  /** Who the process can be in place of root; `undefined` when nobody is known. */
  readonly other: OtherUser | undefined;
}

/** Tools by which a process that starts as root gives it up. */
const DROPS_RIGHTS =
  /\b(?:gosu|su-exec|setpriv|runuser|chpst|setuidgid|s6-\w+|fixuid|supervisord?|capsh)\b|\/init\b|(?:^|[\s"'(;&|])(?:su|sudo)\s+-?\S/;

/** Daemons that need root by their nature. */
const NEEDS_ROOT =
  /(?:^|[\s/])(?:crond?|dockerd|sshd|snmpd|systemd|containerd|wg-quick|openvpn|nginx|apache2|httpd|haproxy)(?=$|[\s;&])/;

/** Steps that install what changes the network of the machine, or of the container: with the rights of root alone. */
const INSTALLS_FOR_ROOT =
  /\b(?:apk|apt-get|apt|yum|dnf|microdnf)\s(?:[^&|;]*\s)?(?:add|install)\s(?:[^&|;]*\s)?(?:iptables|ip6tables|nftables|wireguard(?:-\w+)?|openvpn|strongswan)(?=\s|$)/;

/** Says who the process of the image would be, when that is root beyond doubt. */
export function rootRun(document: DockerDocument): RootRun | undefined {
  const image = finalImage(document);
  if (image === undefined) return undefined;
  const { instructions } = image;
  const user = instructions.findLast(({ keyword }) => keyword === 'USER');
  const known = image.base === undefined ? undefined : rootImage(image.base);
  if (user === undefined ? known === undefined : !isRoot(user, image)) return undefined;
  // An unknown image may start its service in a way of its own.
  if (known === undefined && !instructions.some(({ keyword }) => keyword === 'ENTRYPOINT')) return undefined;
  const start = instructions.findLast(({ keyword }) => keyword === 'ENTRYPOINT' || keyword === 'CMD');
  const command = commandOf(image);
  const [program = ''] = command;
  const told = start !== undefined && program !== '' && !isScript(command) && !NEEDS_ROOT.test(command.join(' '));
  if (!told || isForWork(image, command) || waitsForPeople(command)) return undefined;
  const mentions = instructions.filter(({ keyword }) => /^(?:RUN|CMD|ENTRYPOINT|COPY|ADD)$/.test(keyword));
  const texts = mentions.flatMap(({ argument, heredocs }) => [argument, ...heredocs.map(({ body }) => body)]);
  if (texts.some((text) => DROPS_RIGHTS.test(text) || INSTALLS_FOR_ROOT.test(text))) return undefined;
  return { image, user, start, command, other: otherUser(image) };
}

function isRoot({ argument }: DockerInstruction, image: FinalImage): boolean {
  const name = expand(argument, image.variables)?.split(':')[0];
  return name === 'root' || name === '0';
}
