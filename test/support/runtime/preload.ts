// Loaded before AWS's runtime client: where it asks for its compiled part, it gets the stand-in.
import { registerHooks } from 'node:module';

const standIn = new URL('./native-client.ts', import.meta.url).href;

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier === './rapid-client.node')
      return { url: standIn, format: 'module-typescript', shortCircuit: true };
    return nextResolve(specifier, context);
  },
});
