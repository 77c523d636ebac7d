/** What stores say by their codes: of PostgreSQL (appendix A of its manual), MySQL and MongoDB. */
const READ_ONLY = new Set(['25006', '1290', '1836', '10107', '13435']);
const TOO_LONG = new Set(['57014', '3024', '50', '262']);
const GOING_DOWN = new Set(['57P01', '57P02', '57P03', '1053', '91', '11600', '11602']);

/** Why a store fails, as far as its code tells: ` (25006: it is read only)`; empty for any other text. */
export function storeSays(status: string): string {
  const why = whyOf(status);
  return why === undefined ? '' : ` (${status}: ${why})`;
}

function whyOf(status: string): string | undefined {
  if (READ_ONLY.has(status)) return 'it is read only';
  if (TOO_LONG.has(status)) return 'a statement took too long, or was cancelled';
  if (GOING_DOWN.has(status)) return 'it starts or shuts down';
  if (/^53\d{3}$/.test(status)) return 'it lacks disk, memory or connections';
  if (/^58\d{3}$/.test(status)) return 'its disk or system fails';
  return undefined;
}
