export function login(name: string): string {
  return name.trim();
}
