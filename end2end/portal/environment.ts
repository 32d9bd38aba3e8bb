/** What `cargo xtask test browser` tells the tests; a missing thing is an error in words, never a skipped test. */
const meanings = {
  PORTAL_URL: 'the address of the portal under test',
  SANDBOX_URL: 'the address of its stand-in platform and identity provider',
  CHROMIUM: 'the path of a current Chromium',
  CHROMIUM_86: 'the path of the real Chromium 86 that old-chromium.mjs unpacks',
  OLD_CHROMIUM_LIB: 'the folder with the libraries of that Chromium 86',
};

export function required(name: keyof typeof meanings): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: it must be ${meanings[name]}. Run \`cargo xtask test browser\`, which sets it.`);
  return value.replace(/\/$/, '');
}
