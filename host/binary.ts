/** Whether the first bytes of a file say that it is not text: a NUL byte, as git decides. UTF-16 counts as binary. */
export function looksBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8000).includes(0);
}
