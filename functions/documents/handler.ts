import { room } from '#shared/http/room.ts';
import { depositDocument } from './deposit-document.ts';
import { readCapabilities } from './read-capabilities.ts';
import { readDocument } from './read-document.ts';
import { listOwnDocuments, searchDocuments } from './search-documents.ts';
import { validateBinary, validateDocument } from './validate.ts';

export const handler = room(
  readCapabilities,
  validateDocument,
  validateBinary,
  depositDocument,
  searchDocuments,
  listOwnDocuments,
  readDocument,
);
