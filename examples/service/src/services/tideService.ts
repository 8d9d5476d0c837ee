import { z } from 'zod';
import { HttpError } from '../lib/httpError';

const TIDE_API_URL = process.env.TIDE_API_URL ?? 'https://tides.example/v2';

const forecast = z.object({
  station: z.string(),
  readings: z.array(z.object({ at: z.coerce.date(), centimetres: z.number() })),
});

export interface Reading {
  at: Date;
  centimetres: number;
}

export interface TideTable {
  station: string;
  readings: Reading[];
}

export async function fetchTides(station: string, baseUrl = TIDE_API_URL): Promise<TideTable> {
  const response = await fetch(`${baseUrl}/stations/${encodeURIComponent(station)}`, {
    headers: { 'x-api-key': process.env.TIDE_API_KEY ?? '' },
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) throw new HttpError(502, 'The tide service does not answer.');
  return forecast.parse(await response.json());
}

/** Lowest to highest water of a table, in centimetres. */
export function levels(table: TideTable): number[] {
  return table.readings.map((reading) => reading.centimetres).sort();
}

/** Hours with too little water for a draught, in the order of the clock. */
export function shallowHours(table: TideTable, draughtCentimetres: number): string[] {
  const hours = table.readings
    .filter((reading) => reading.centimetres < draughtCentimetres)
    .map((reading) => reading.at.toISOString().slice(11, 16));
  return [...new Set(hours)].sort();
}
