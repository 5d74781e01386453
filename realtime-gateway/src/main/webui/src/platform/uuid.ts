/**
 * Random UUIDs. Not `crypto.randomUUID`: browsers give that to secure origins only, and a till may reach its server by
 * plain HTTP inside the shop.
 */
export function randomUuid(): string {
  return uuid(crypto.getRandomValues(new Uint8Array(16)), 4);
}

/** A UUIDv7: ids made later sort later. */
export function timeUuid(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let index = 0, rest = now; index < 6; index++, rest = Math.floor(rest / 256))
    bytes[5 - index] = rest % 256;
  return uuid(bytes, 7);
}

function uuid(bytes: Uint8Array, version: number): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
