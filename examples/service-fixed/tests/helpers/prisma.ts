/** Stands in for the database: each test says what a query answers. */
export const prisma = {
  user: { findUnique: jest.fn() },
  berth: { findMany: jest.fn(), findUnique: jest.fn(), create: jest.fn(), delete: jest.fn() },
  booking: { findMany: jest.fn(), findUnique: jest.fn(), create: jest.fn(), update: jest.fn(), count: jest.fn() },
  invoice: { findMany: jest.fn(), findUnique: jest.fn(), create: jest.fn() },
  $queryRaw: jest.fn(),
  $disconnect: jest.fn(),
};
