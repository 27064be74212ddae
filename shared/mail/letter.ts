/** A mail as its parts; from them both the text and the HTML are made, so they say the same. */
export interface Letter {
  readonly subject: string;
  readonly greeting: string;
  readonly sections: readonly Section[];
}

export interface Section {
  readonly heading?: string;
  readonly paragraphs: readonly string[];
  readonly points?: readonly string[];
  /** A code in its three groups, shown large and on a line of its own. */
  readonly code?: string;
}

/** What every mail ends with. */
const closing: Section = {
  heading: 'Besoin d’aide ?',
  paragraphs: [
    'Appelez le 3422, du lundi au vendredi, de 8 h 30 à 17 h 30. Vous pouvez aussi vous rendre dans un espace France Services près de chez vous : on vous aide sur place.',
    'Ne répondez pas à ce message. Ne donnez jamais votre code à une personne qui vous appelle ou vous écrit.',
    'Service de démonstration, non officiel.',
  ],
};

/** The name a person is greeted with. */
export function greet(person: { givenNames: string; usedName: string; birthName: string }): string {
  const first = person.givenNames.split(/[ ,]/)[0] ?? '';
  return `Bonjour ${first} ${person.usedName || person.birthName},`;
}

/** The mail as plain text. */
export function asText({ greeting, sections }: Letter): string {
  const blocks = [...sections, closing].flatMap(({ heading, paragraphs, points = [], code }) => [
    ...(heading ? [heading.toUpperCase()] : []),
    ...paragraphs,
    ...(points.length > 0 ? [points.map((point) => `- ${point}`).join('\n')] : []),
    ...(code ? [`    ${code}`] : []),
  ]);
  return `${[greeting, ...blocks].join('\n\n')}\n`;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? '');

/** The mail as HTML: headings, lists and large letters, no image, nothing fetched. */
export function asHtml({ subject, greeting, sections }: Letter): string {
  const blocks = [...sections, closing].map(({ heading, paragraphs, points = [], code }) =>
    [
      heading ? `<h2 style="font-size:20px;margin:28px 0 8px">${escaped(heading)}</h2>` : '',
      ...paragraphs.map((text) => `<p>${escaped(text)}</p>`),
      points.length > 0
        ? `<ul>${points.map((point) => `<li>${escaped(point)}</li>`).join('')}</ul>`
        : '',
      code ? `<p style="font:bold 28px monospace;letter-spacing:2px">${escaped(code)}</p>` : '',
    ].join(''),
  );
  return [
    '<!doctype html><html lang="fr"><head><meta charset="utf-8">',
    `<meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head>`,
    '<body style="font:18px/1.5 Arial,sans-serif;color:#161616;background:#fff;max-width:640px;margin:0 auto;padding:16px">',
    `<p>${escaped(greeting)}</p>`,
    ...blocks,
    '</body></html>',
  ].join('');
}
