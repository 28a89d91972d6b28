// Finds the option that somebody meant when they wrote another one.

/** Words that administrators know from other products, for the same thing. */
const sameThing = new Map([
  ['cert', 'certificate'],
  ['crt', 'certificate'],
  ['privatekey', 'key'],
  ['issuer', 'entityId'],
  ['url', 'baseUrl'],
  ['metadata', 'idpMetadata'],
  ['metadataurl', 'idpMetadata'],
  ['domains', 'emailDomains'],
  ['encryption', 'decryption'],
  ['redis', 'state'],
  ['store', 'state'],
  ['idp', 'connections'],
  ['clockskew', 'clockSkewSeconds'],
  ['acceptedclockskewms', 'clockSkewSeconds'],
]);

/** The known name nearest to a misspelt one; undefined when none is near. */
export function nearestName(written: string, known: readonly string[]): string | undefined {
  const plain = written.toLowerCase().replace(/[-_.]/g, '');
  const synonym = sameThing.get(plain);
  if (synonym !== undefined && known.includes(synonym)) return synonym;
  const ranked = known
    .map((name) => ({ name, distance: editDistance(plain, name.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(1, Math.floor(best.name.length / 4))
    ? best.name
    : undefined;
}

/** Levenshtein distance: insertions, deletions and replacements of single characters. */
function editDistance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[other.length] ?? 0;
}
