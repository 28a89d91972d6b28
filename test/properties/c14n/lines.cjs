// Both ends of the pipe to the judge cut it into lines here: at line feeds alone.
'use strict';

/**
 * @param {AsyncIterable<Buffer>} stream
 * @returns {AsyncGenerator<string, void, undefined>}
 */
async function* linesOf(stream) {
  let rest = Buffer.alloc(0);
  for await (const chunk of stream) {
    let bytes = Buffer.concat([rest, chunk]);
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10)) {
      yield bytes.toString('utf8', 0, end);
      bytes = bytes.subarray(end + 1);
    }
    rest = bytes;
  }
}

module.exports = { linesOf };
