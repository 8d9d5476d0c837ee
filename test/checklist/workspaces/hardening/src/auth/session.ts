export function verifySession(header: string | undefined): boolean {
  return header !== undefined && header.length > 40;
}
