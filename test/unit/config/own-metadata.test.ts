// What the operator says about us in our metadata: texts by language, contacts, categories, an end.

import { changed, makeExample, type Example } from '../../support/makers/configuration';

let example: Example;
beforeAll(() => (example = makeExample()));
afterAll(() => example.remove());

const saying = (lines: string): string =>
  changed('serviceProvider:\n', `serviceProvider:\n${lines.replace(/^/gm, '  ')}\n`);

describe('what our metadata says about us', () => {
  it('is a text, or one for each language', async () => {
    const { serviceProvider } = await example.load(
      saying(
        [
          'displayName: { en: Members, pt-BR: Membros }',
          'description: Sign in',
          'informationUrl: { en: "https://www.example.com/about" }',
          'organization: { name: { en: Example }, url: "https://www.example.com" }',
          'securityContactEmail: security@example.com',
          'entityCategories: ["https://refeds.org/category/code-of-conduct/v2"]',
          'assuranceCertifications: ["https://refeds.org/sirtfi"]',
          'requestedAttributes: [mail]',
          'metadataValidDays: 30',
          'metadataCacheHours: 24',
        ].join('\n'),
      ),
    );
    expect(serviceProvider.display).toEqual({
      displayName: { en: 'Members', 'pt-BR': 'Membros' },
      description: 'Sign in',
      informationUrl: { en: 'https://www.example.com/about' },
      organization: { name: { en: 'Example' }, url: 'https://www.example.com/' },
      securityContactEmail: 'security@example.com',
      entityCategories: ['https://refeds.org/category/code-of-conduct/v2'],
      assuranceCertifications: ['https://refeds.org/sirtfi'],
      requestedAttributes: ['mail'],
      validDays: 30,
      cacheHours: 24,
    });
  });

  it.each([
    ['displayName: { English: Members }', 'serviceProvider.displayName.English', /is not a language/],
    ['displayName: {}', 'serviceProvider.displayName', /has no text/],
    ['displayName: { en: 1 }', 'serviceProvider.displayName.en', /must be text/],
    ['informationUrl: { en: "http://www.example.com" }', 'serviceProvider.informationUrl.en', /https/],
    ['organization: { name: Example }', 'serviceProvider.organization.url', /is missing/],
    ['organization: { url: "https://www.example.com" }', 'serviceProvider.organization.name', /is missing/],
    ['entityCategories: [no uri]', 'serviceProvider.entityCategories[0]', /./],
    ['metadataValidDays: 1', 'serviceProvider.metadataValidDays', /from 2 to 400/],
  ])('is refused as a whole where it is wrong: %s', async (lines, path, problem) => {
    expect(await example.problemsOf(saying(lines))).toEqual([
      expect.objectContaining({ path, problem: expect.stringMatching(problem) as unknown }),
    ]);
  });
});
