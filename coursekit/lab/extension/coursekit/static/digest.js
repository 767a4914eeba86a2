// What coursekit.lab.digest.code_digest computes, from the page that is open.
export async function codeDigest(sources) {
  const text = JSON.stringify(sources.map((source) => source.replace(/\r\n?/g, "\n")));
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (b) => b.toString(16).padStart(2, "0")).join("");
}
