// Calls a web method of the site's backend.

export async function call(module, name, values) {
  const reply = await fetch('/__wix/web-methods', {
    method: 'POST',
    body: JSON.stringify({ module, name, values }),
  });
  const answer = await reply.json();
  if (!reply.ok) throw new Error(answer.message);
  return answer.result;
}
