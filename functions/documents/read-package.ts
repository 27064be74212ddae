import { hash } from 'node:crypto';
import * as z from 'zod';
import { canonical } from '#shared/kernel/canonical.ts';
import type { TransferFault } from './data/transfer-faults.ts';
import { faultOfPackage, listsOf } from './rules/dmp-package.ts';
import { type Lists, Manifest } from './schema-dmp.ts';

const Json = z.json();

/** SHA-256 over the canonical JSON (RFC 8785) of the five lists of a package, hexadecimal. */
export const hashOfLists = (lists: Lists): string =>
  hash('sha256', canonical(Json.parse(listsOf(lists))), 'hex');

/** The manifest that some bytes are, judged in itself; else what is wrong with it. */
export function readPackage(
  bytes: Uint8Array,
  transfer: string,
): { readonly manifest: Manifest } | { readonly fault: TransferFault } {
  const read = Manifest.safeParse(parsed(bytes));
  if (!read.success) return { fault: 'manifest-unreadable' };
  const fault = faultOfPackage(read.data, { transfer, computed: hashOfLists(read.data) });
  return fault ? { fault } : { manifest: read.data };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
