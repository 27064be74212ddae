import { operation } from '#shared/http/operation.ts';
import { certificateKey } from './certificate-key.ts';
import { certificateRoutes as routes } from './routes-certificate.ts';

/** The keys under which this deployment's certificates are checked; anybody may check one. */
export const readCertificateKeys = operation(routes.readCertificateKeys, async () => ({
  status: 200,
  body: { keys: [await certificateKey()] },
}));
