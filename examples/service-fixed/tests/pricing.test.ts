import { cheapestFirst, nights, priceOf, type Stay } from '../src/services/pricingService';

const stay: Stay = {
  arrivesAt: new Date('2026-05-01T14:00:00Z'),
  leavesAt: new Date('2026-05-03T10:00:00Z'),
  lengthMetres: 10,
  dailyRate: 3_000,
};

describe('pricing', () => {
  it('counts started nights', () => {
    expect(nights(stay)).toBe(2);
    expect(nights({ ...stay, leavesAt: stay.arrivesAt })).toBe(1);
  });

  it('adds the surcharge of the length band and VAT', () => {
    expect(priceOf(stay)).toBe(8_160);
  });

  it('lists cheap stays first', () => {
    const dear = { ...stay, dailyRate: 9_000 };
    expect(cheapestFirst([dear, stay])).toEqual([stay, dear]);
  });
});
