// Turns whatever was given as the place to return to into a path on this site. Trusts nothing: a value that could lead
// off the site in any reading becomes the home page.

const LONGEST = 1024;

/**
 * @param {unknown} value
 * @returns {string} starts with exactly one `/`
 */
export function pathOnSite(value) {
  const plain =
    typeof value === 'string' && value.length <= LONGEST && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(value);
  if (!plain) return '/';
  const path = value.split(/[?#]/)[0];
  // Empty and dotted segments mean different things to different readers ("/..//host").
  const segments = path.split('/').slice(1);
  const odd = segments.some(
    (segment, index) =>
      (segment === '' && index < segments.length - 1) ||
      /^(\.|%2e){1,2}$/i.test(segment) ||
      /%(2f|5c)/i.test(segment),
  );
  return odd ? '/' : value;
}
