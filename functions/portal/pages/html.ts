/** A piece of a page, safe to be put into another. */
export interface Html {
  readonly html: string;
}
type Put = Html | string | readonly Html[] | undefined;

const named: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (one) => named[one] ?? '');

function text(put: Put): string {
  if (put === undefined) return '';
  if (typeof put === 'string') return escaped(put);
  return 'html' in put ? put.html : put.map(({ html }) => html).join('');
}

/** HTML of a template; every text that is put into it is escaped, what is itself HTML is not. */
export function html(parts: TemplateStringsArray, ...puts: readonly Put[]): Html {
  return { html: parts.map((part, at) => part + text(puts[at])).join('') };
}
