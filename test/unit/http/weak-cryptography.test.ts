/** SHA-1 and AES-CBC are accepted where a connection says so, and every sign-in that used them says it in the log. */
import { startServiceProvider } from '../../catalogue/attacks/running-sp';
import { benignCases } from '../../catalogue/benign';

async function acceptedLine(id: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const benign = benignCases.find((one) => one.id === id);
  if (benign === undefined) throw new Error(`no case ${id}`);
  const sp = await startServiceProvider(benign.serviceProvider);
  try {
    const { lines } = await sp.send(benign.build(await sp.context()));
    const line = lines.find(({ event }) => event === 'login.accepted');
    return line && { level: line.level, ...line.fields };
  } finally {
    await sp.close();
  }
}

describe('the line of an accepted sign-in', () => {
  it.each([
    ['B-sha1-allowed', 'weakAlgorithm', 'SHA-1'],
    ['B-sha1-digest-allowed', 'weakAlgorithm', 'SHA-1'],
    ['B-enc-aes256cbc', 'warning', 'AES-CBC'],
  ])('warns about %s', async (id, field, weak) => {
    const line = await acceptedLine(id);
    expect(line).toMatchObject({ level: 'warn', [field]: expect.stringContaining(weak) as string });
  });

  it.each(['B-signed-both', 'B-enc-aes256gcm'])('does not warn about %s', async (id) => {
    const line = await acceptedLine(id);
    expect(line).toMatchObject({ level: 'info' });
    expect(line).not.toHaveProperty('warning');
    expect(line).not.toHaveProperty('weakAlgorithm');
  });
});
