const pdf = 'application/pdf';

/** How much a caller wants a type (0 to 1) who names it in `Accept`; 0 where he does not name it. */
function weightOf(accept: string, wanted: string): number {
  for (const range of accept.split(',')) {
    const [type = '', ...parameters] = range.split(';').map((word) => word.trim().toLowerCase());
    if (type !== wanted) continue;
    const given = parameters.find((one) => one.startsWith('q='))?.slice(2);
    const weight = given === undefined ? 1 : Number(given);
    return Number.isFinite(weight) ? weight : 0;
  }
  return 0;
}

/** Whether a caller asks for a sheet: he names PDF, and JSON not before it (`*` alone is answered as JSON). */
export function wantsPdf(accept: string): boolean {
  const weight = weightOf(accept, pdf);
  return weight > 0 && weight >= weightOf(accept, 'application/json');
}
