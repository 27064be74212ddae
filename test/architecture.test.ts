import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts'], {
  encoding: 'utf8',
});
const files = listed.split('\n').filter((file) => file !== '' && existsSync(file));
const sources = files.filter((file) => /^(shared|functions|infra)\//.test(file));

interface Import {
  file: string;
  /** A path of the project, or the name of a package. */
  target: string;
  typeOnly: boolean;
}

/** The imports of a file, aliases and relative paths turned into paths of the project. */
function importsOf(file: string, text: string): Import[] {
  const found = text.matchAll(
    /^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|import\('([^']+)'\)/gm,
  );
  return [...found].map(([, typeOnly, named, dynamic]) => {
    const word = named ?? dynamic ?? '';
    const target = word.startsWith('.')
      ? normalize(join(dirname(file), word))
      : word.replace(/^#/, '');
    return { file, target, typeOnly: typeOnly !== undefined };
  });
}

type Law = [who: RegExp, mayNot: (found: Import) => boolean, because: string];
const roomOf = (path: string) => /^functions\/([^/]+)\//.exec(path)?.[1];
const isProject = (target: string) => /^(shared|functions|infra|test)\//.test(target);

const laws: Law[] = [
  [
    /^shared\/kernel\//,
    ({ target }) => !target.startsWith('shared/kernel/'),
    'the kernel imports nothing but itself',
  ],
  [/^shared\//, ({ target }) => /^(functions|infra|test)\//.test(target), 'shared knows no room'],
  [
    /^functions\//,
    ({ file, target }) =>
      target.startsWith('functions/') &&
      roomOf(target) !== roomOf(file) &&
      roomOf(file) !== 'portal',
    'rooms meet only in the journal and shared',
  ],
  [
    /^functions\//,
    ({ target }) => /^(infra|test)\//.test(target),
    'rooms do not know what runs them',
  ],
  [
    /^functions\/[^/]+\/((schema|routes)(-[a-z]+)?|jobs|subscribers)\.ts$/,
    ({ target, typeOnly }) =>
      /^(@aws-sdk|@aws-crypto|@smithy|@middy)/.test(target) ||
      (target.startsWith('shared/') &&
        !typeOnly &&
        !/^shared\/(http\/|journal\/|kernel\/|fhir\/outcome\.ts)/.test(target)),
    'declarations are data',
  ],
  [
    /^functions\/[^/]+\/rules(\.ts|\/)/,
    ({ target, typeOnly }) =>
      target.startsWith('node:') ||
      (target.startsWith('@') && !typeOnly) ||
      (isProject(target) &&
        !typeOnly &&
        !/^shared\/(kernel|access)\//.test(target) &&
        !/\/(rules|rules\/[^/]+|data\/[^/]+|schema(-[a-z]+)?)\.ts$/.test(target)),
    'rules are pure',
  ],
  [
    /^(shared|functions)\/(?!access\/)/,
    ({ target }) => target === 'shared/access/grant-value.ts',
    'only shared/access makes grants',
  ],
  [
    /^(shared|functions)\//,
    ({ target }) => /^(aws-cdk-lib|constructs|esbuild|oidc-provider|croner|vitest)/.test(target),
    'what is deployed carries no tool',
  ],
  [
    /^infra\/(?!local\/)/,
    ({ target }) => target.startsWith('infra/local/'),
    'the cloud does not know home',
  ],
  [/^(shared|functions|infra)\//, ({ target }) => target.startsWith('test/'), 'code knows no test'],
];

function breaches(found: Import[]): string[] {
  return found.flatMap((one) =>
    laws
      .filter(([who, mayNot]) => who.test(one.file) && mayNot(one))
      .map(([, , because]) => `${one.file} imports ${one.target}: ${because}`),
  );
}

const imports = sources.flatMap((file) => importsOf(file, readFileSync(file, 'utf8')));

describe('import laws', () => {
  test('no file breaks one', () => {
    expect(breaches(imports)).toEqual([]);
  });

  test.each([
    ['shared/kernel/calendar.ts', "import * as z from 'zod';"],
    ['shared/log.ts', "import { routes } from '#functions/enrolment/routes.ts';"],
    ['functions/enrolment/oppose.ts', "import { x } from '#functions/statistics/store.ts';"],
    ['functions/enrolment/rules.ts', "import { dynamo } from '#shared/aws/dynamo.ts';"],
    ['functions/enrolment/rules.ts', "import { randomBytes } from 'node:crypto';"],
    ['functions/enrolment/routes.ts', "import { S3Client } from '@aws-sdk/client-s3';"],
    ['functions/enrolment/oppose.ts', "import { App } from 'aws-cdk-lib';"],
    ['infra/stacks/data.ts', "import { door } from '#infra/local/door/door.ts';"],
    ['functions/enrolment/oppose.ts', "import { newGrant } from '#shared/access/grant-value.ts';"],
    ['shared/env.ts', "export { help } from '#test/support/world.ts';"],
  ])('a planted breach in %s is found: %s', (file, text) => {
    expect(breaches(importsOf(file, text))).not.toEqual([]);
  });

  test('shared has no cycle', () => {
    const edges = new Map<string, string[]>();
    for (const { file, target, typeOnly } of imports)
      if (file.startsWith('shared/') && target.startsWith('shared/') && !typeOnly)
        edges.set(file, [...(edges.get(file) ?? []), target]);
    const cycles: string[] = [];
    const walk = (at: string, path: string[]) => {
      if (path.includes(at)) {
        cycles.push([...path.slice(path.indexOf(at)), at].join(' > '));
        return;
      }
      for (const next of edges.get(at) ?? []) walk(next, [...path, at]);
    };
    for (const start of edges.keys()) walk(start, []);
    expect(cycles).toEqual([]);
  });
});

/** Files in which a pattern stands, the allowed ones left out. */
function standsIn(pattern: RegExp, among: string[], allowed: RegExp): string[] {
  return among.filter((file) => !allowed.test(file) && pattern.test(readFileSync(file, 'utf8')));
}

describe('house rules', () => {
  const deployed = sources.filter((file) => !file.startsWith('infra/'));

  test('no file is longer than 300 lines', () => {
    const long = files.filter((file) => readFileSync(file, 'utf8').split('\n').length > 301);
    expect(long).toEqual([]);
  });

  test('the environment is read in one place', () => {
    expect(standsIn(/process\.env\b/, deployed, /^shared\/env\.ts$/)).toEqual([]);
  });

  test('the clock is read only where requests and events enter', () => {
    const entries =
      /^(shared\/http\/operation\.ts|shared\/log\.ts|functions\/[^/]+\/handler[^/]*\.ts)$/;
    expect(standsIn(/new Date\(\)|Date\.now\(/, deployed, entries)).toEqual([]);
  });

  test('no date is formatted without being given (a moved clock would not be seen)', () => {
    expect(standsIn(/\.format(ToParts)?\(\)/, deployed, /^$/)).toEqual([]);
  });

  test('no secret is compared by ===', () => {
    const compared = /(mac|digest|tag|hash)\w*\s*[!=]==\s*\w*(mac|digest|tag|hash)/i;
    expect(standsIn(compared, deployed, /^shared\/journal\//)).toEqual([]);
  });

  test('no path climbs more than one folder, no default export, no marker but TODO(#n)', () => {
    expect(standsIn(/from '\.\.\/\.\./, files, /^$/)).toEqual([]);
    expect(standsIn(/^export default/m, files, /^vitest\.config\.ts$/)).toEqual([]);
    expect(standsIn(/\b(FIXME|XXX|HACK)\b|TODO(?!\(#)/, sources, /^$/)).toEqual([]);
  });

  test('no room is called by a word that says nothing', () => {
    expect(files.filter((file) => /\/(utils?|helpers?|common|misc)[/.]/.test(file))).toEqual([]);
  });
});
