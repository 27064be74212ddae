/** Which content: of a document at a version. */
export interface Content {
  readonly document: string;
  readonly version: number;
}

/** What all contents of a holder are filed under. */
export const prefixOf = (holder: string): string => `${holder}/`;

export const keyOf = (holder: string, { document, version }: Content): string =>
  `${prefixOf(holder)}${document}/${version}`;
