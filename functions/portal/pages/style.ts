import { hash } from 'node:crypto';

/** All that pages look like: large, dark on light or light on dark as the reader's device wishes, one column. */
export const style = `:root{color-scheme:light dark;--paper:#fff;--ink:#16202c;--act:#0b5c7a;--on-act:#fff;--wrong:#b3261e;--soft:#f1f5f8;font-size:125%}
@media (prefers-color-scheme:dark){:root{--paper:#10161d;--ink:#eef3f8;--act:#7fd0ee;--on-act:#06222d;--wrong:#ffb4ab;--soft:#1b2530}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:38rem;margin:0 auto;padding:1rem}
header{font-weight:bold}
h1{font-size:1.7rem;line-height:1.2;margin:.5rem 0 1rem}
h2{font-size:1.25rem;line-height:1.3;margin:2rem 0 .5rem}
a{color:var(--act);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--act);outline-offset:3px}
.act{display:inline-block;min-height:3rem;padding:.6rem 1.2rem;border:2px solid var(--act);border-radius:.4rem;background:var(--act);color:var(--on-act);font:inherit;font-weight:bold;text-decoration:none;cursor:pointer}
.field,fieldset{margin:1.5rem 0;padding:0;border:0}
label,legend{font-weight:bold;padding:0}
.hint{margin:.1rem 0 .4rem}
.wrong{margin:.1rem 0 .4rem;color:var(--wrong);font-weight:bold}
input[type=text]{display:block;width:100%;max-width:24rem;min-height:3rem;padding:.4rem .6rem;border:2px solid var(--ink);border-radius:.3rem;background:var(--paper);color:var(--ink);font:inherit;letter-spacing:.03em}
input[aria-invalid=true]{border-color:var(--wrong)}
.choice{display:flex;gap:.7rem;align-items:center;min-height:2.6rem;font-weight:normal}
.choice input{width:1.5rem;height:1.5rem;flex:none}
.told{padding:.2rem 1rem;border-left:.4rem solid var(--wrong);background:var(--soft)}
.done{padding:.2rem 1rem;border-left:.4rem solid var(--act);background:var(--soft)}
dt{font-weight:bold}
dd{margin:0 0 .8rem}
@media print{.act,.skip,footer{display:none}:root{font-size:100%}}
`;

/** What a page may do: show this style, send its form to us. No script, no picture, nothing of anybody else's. */
export const policy = [
  "default-src 'none'",
  `style-src 'sha256-${hash('sha256', style, 'base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
