/** A manifest as it was announced: the same key dropped again is another package. */
export interface Announced {
  /** Key of the manifest. */
  readonly manifest: string;
  /** The transfer that the key names. */
  readonly transfer: string;
  readonly version: string;
  readonly etag: string;
}

/** What was announced; undefined for what is no manifest. */
export function announced(told: Omit<Announced, 'transfer'>): Announced | undefined {
  const transfer = /^[a-z]+\/([a-z0-9]{26})\.json$/.exec(told.manifest)?.[1];
  return transfer === undefined ? undefined : { ...told, transfer };
}
