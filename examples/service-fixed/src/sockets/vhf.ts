import type { Server, Socket } from 'socket.io';
import { z } from 'zod';

const call = z.object({ channel: z.number().int().min(1).max(88), text: z.string().min(1).max(500) });

/** Text messages between the harbour office and vessels, one room per VHF channel. */
export function registerVhf(io: Server, socket: Socket): void {
  const channels = new Set<number>();

  socket.on('vhf:listen', async (channel: unknown) => {
    const parsed = call.shape.channel.safeParse(channel);
    if (!parsed.success) return;
    channels.add(parsed.data);
    await socket.join(`vhf:${parsed.data}`);
    socket.emit('vhf:channels', [...channels].sort((left, right) => left - right));
  });

  socket.on('vhf:call', (message: unknown) => {
    const parsed = call.safeParse(message);
    if (!parsed.success) return;
    io.to(`vhf:${parsed.data.channel}`).emit('vhf:call', { from: socket.id, ...parsed.data });
  });
}
