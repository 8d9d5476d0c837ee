import type { Server } from 'socket.io';

export interface OccupancyChange {
  berthId: string;
  occupied: boolean;
}

let harbour: Server | undefined;

export function connectOccupancy(io: Server): void {
  harbour = io;
}

/** Tells every open plan of the harbour. Silent until the socket server is up. */
export function announceOccupancy(change: OccupancyChange): void {
  harbour?.to('harbour').emit('occupancy', change);
}
