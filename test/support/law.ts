/** An article of the Code de la santé publique that enrolment has to do with, and the rules by which it is kept. */
export interface Article {
  readonly article: string;
  /** What it asks of the software, in our words. */
  readonly asks: string;
  readonly rules: readonly string[];
  /** What of it is not built yet. */
  readonly open?: string;
}

export const articles: readonly Article[] = [
  {
    article: 'L1111-13, L1111-13-1',
    asks: 'opens by itself unless opposed; free; information before; closing; identified by the INS',
    rules: ['ENR-1', 'ENR-2', 'ENR-20', 'ENR-40', 'ENR-42'],
  },
  {
    article: 'L1111-13-2',
    asks: 'accessible to people far from digital means, without discrimination',
    rules: ['ENR-1', 'ENR-12', 'ENR-40'],
    open: 'pages of the portal',
  },
  {
    article: 'L1111-14, R1111-40',
    asks: 'the shared record is created with the space, and its holder is informed',
    rules: ['ENR-2', 'ENR-31'],
    open: 'reading a record that existed before, by its own authorisations, until the opening',
  },
  {
    article: 'L1111-18',
    asks: 'kept ten years from closure',
    rules: ['ENR-43', 'ENR-47'],
  },
  {
    article: 'L1111-19',
    asks: 'the holder reads the traces of access',
    rules: ['ACC-53', 'ACC-54'],
  },
  {
    article: 'R1111-28',
    asks: 'informed by e-mail, by post where that fails; six weeks from the sending; told when the opening fails',
    rules: ['ENR-1', 'ENR-2', 'ENR-11', 'ENR-12'],
  },
  {
    article: 'R1111-32',
    asks: 'signs in by an adequate means',
    rules: ['ENR-13', 'SEC-2'],
    open: 'temporary access given to one professional',
  },
  {
    article: 'R1111-33',
    asks: 'a minor keeps certain acts out',
    rules: ['MIN-1', 'MIN-2', 'MIN-12', 'MIN-14'],
    open: 'secret connections of professionals; reimbursement lines',
  },
  {
    article: 'R1111-36',
    asks: 'closure at any time; archived ten years; express deletion within three months; reopening with what was archived; suspension with six weeks',
    rules: ['ENR-42', 'ENR-43', 'ENR-44', 'ENR-45', 'ENR-48'],
  },
  {
    article: 'R1111-48',
    asks: 'told of the right to refuse access in an emergency',
    rules: ['ACC-31'],
    open: 'emergency access itself',
  },
];
