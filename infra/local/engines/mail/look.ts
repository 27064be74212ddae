import { escapeHtml } from '../html.ts';

const zone = { timeZone: 'Europe/Paris' } as const;
const day = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'full', ...zone });
const time = new Intl.DateTimeFormat('fr-FR', { timeStyle: 'short', ...zone });

/** `lundi 7 février 2022`, the day in Paris at an instant. */
export const dayOf = (at: number | string): string => day.format(new Date(at));

/** `09:05`, the time in Paris at an instant. */
export const timeOf = (at: number | string): string => time.format(new Date(at));

/** A link within the inbox, escaped for an attribute. */
export function linkTo(wanted: Readonly<Record<string, string | number | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(wanted))
    if (value !== undefined) query.set(name, String(value));
  return `?${escapeHtml(query.toString())}`;
}

/** Light and dark as the reader has it; one column, that a telephone shows as well. A mail is paper: always light. */
export const style = `
  :root { --line: #d4d6de; --soft: #f2f3f8; --accent: #2b4fbf; }
  @media (prefers-color-scheme: dark) { :root { --line: #3b3e4c; --soft: #23252f; --accent: #9db8ff; } }
  body { max-width: 52rem; margin: 1.25rem auto 3rem; }
  h1 { margin: 0 0 .5rem; line-height: 1.25; overflow-wrap: anywhere; }
  h2 { font-size: 1rem; margin: 1.5rem 0 .4rem; opacity: .8; }
  a { color: var(--accent); }
  form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: 1rem 0; }
  input, button { font: inherit; padding: .45rem .7rem; border: 1px solid var(--line); border-radius: .4rem; }
  input { flex: 1 1 14rem; min-width: 0; } button { background: var(--accent); color: Canvas; border-color: var(--accent); cursor: pointer; }
  .quiet { opacity: .75; } .empty { background: var(--soft); border-radius: .6rem; padding: 1.5rem; text-align: center; }
  ul.mails { margin: 0; border: 1px solid var(--line); border-radius: .6rem; overflow: hidden; }
  ul.mails li + li { border-top: 1px solid var(--line); }
  ul.mails a { display: grid; grid-template-columns: 1fr auto; gap: .1rem 1rem; padding: .65rem 1rem; color: inherit; text-decoration: none; }
  ul.mails a:hover, ul.mails a:focus-visible { background: var(--soft); }
  ul.mails strong, ul.mails .text { grid-column: 1 / -1; overflow-wrap: anywhere; }
  ul.mails .text { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
  .who { overflow-wrap: anywhere; font-size: .92rem; opacity: .8; } ul.mails time { font-variant-numeric: tabular-nums; opacity: .8; }
  nav { justify-content: space-between; margin: 1.25rem 0; }
  nav.tabs { justify-content: flex-start; gap: .25rem; margin: 1rem 0 0; }
  nav.tabs a { padding: .4rem .9rem; border: 1px solid var(--line); border-bottom: 0; border-radius: .5rem .5rem 0 0; text-decoration: none; }
  nav.tabs a[aria-current] { background: var(--soft); font-weight: 600; color: inherit; }
  dl { display: grid; grid-template-columns: auto 1fr; gap: .15rem .8rem; margin: .75rem 0; } dt { opacity: .75; } dd { margin: 0; overflow-wrap: anywhere; }
  .paper { display: block; box-sizing: border-box; width: 100%; border: 1px solid var(--line); border-radius: 0 .5rem .5rem .5rem; }
  iframe.paper { height: max(32rem, 78vh); background: #fff; color-scheme: light; }
  pre.paper { margin: 0; padding: 1rem 1.25rem; background: var(--soft); }
`;
