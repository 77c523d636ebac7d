const ID_FIELDS = ['conn_id', 'flow_id', 'id'] as const;

/**
 * Puts 64-bit ids back as text: `JSON.parse` loses the digits of integers above 2^53. Looks into the
 * text only when such a number was parsed.
 */
export function restoreLongIds(value: unknown, json: string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const record = value as Record<string, unknown>;
  for (const field of ID_FIELDS) {
    const parsed = record[field];
    if (typeof parsed !== 'number' || Number.isSafeInteger(parsed)) continue;
    const digits = digitsOf(json, field, parsed);
    if (digits !== undefined) record[field] = digits;
  }
  return value;
}

/** The digits as written of the first such field that reads as this number. */
function digitsOf(json: string, field: string, parsed: number): string | undefined {
  const key = `"${field}"`;
  const pattern = /\s*:\s*(\d{16,20})(?![\d.eE])/y;
  for (let at = json.indexOf(key); at >= 0; at = json.indexOf(key, at + 1)) {
    pattern.lastIndex = at + key.length;
    const digits = pattern.exec(json)?.[1];
    if (digits !== undefined && Number(digits) === parsed) return digits;
  }
  return undefined;
}
