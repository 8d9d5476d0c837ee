import { env } from '../lib/env';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Upper bounds of the length bands in metres; a vessel pays the rate of the first band it fits. */
const BAND_SURCHARGE: Record<number, number> = { 8: 0, 12: 400, 18: 1100, 30: 2600 };

export interface Stay {
  arrivesAt: Date;
  leavesAt: Date;
  lengthMetres: number;
  /** Cents per day. */
  dailyRate: number;
}

export function nights(stay: Pick<Stay, 'arrivesAt' | 'leavesAt'>): number {
  return Math.max(1, Math.ceil((stay.leavesAt.getTime() - stay.arrivesAt.getTime()) / DAY_MS));
}

function surcharge(lengthMetres: number): number {
  const bands = Object.keys(BAND_SURCHARGE).map(Number).sort((left, right) => left - right);
  const band = bands.find((bound) => lengthMetres <= bound) ?? bands[bands.length - 1];
  return band === undefined ? 0 : (BAND_SURCHARGE[band] ?? 0);
}

/** Price of a stay in cents, VAT included. */
export function priceOf(stay: Stay): number {
  const net = nights(stay) * (stay.dailyRate + surcharge(stay.lengthMetres));
  return Math.round(net * (1 + env.VAT_RATE));
}

export function cheapestFirst(stays: readonly Stay[]): Stay[] {
  return [...stays].sort((left, right) => priceOf(left) - priceOf(right));
}
