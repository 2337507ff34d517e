// The service under test, and how a call is told to have passed.
export const url = process.env.ROSTER_URL;
export const clientId = process.env.ROSTER_CLIENT_ID;
export const clientSecret = process.env.ROSTER_CLIENT_SECRET;
export const audience = "roster";

/** Makes a call; what it throws is its failure. */
export async function call(name, action) {
  try {
    await action();
    console.log(`PASS ${name}`);
  } catch (failure) {
    const cause = failure.cause ? ` ${JSON.stringify(failure.cause)}` : "";
    console.log(`FAIL ${name}: ${`${failure}${cause}`.replace(/\s+/g, " ").slice(0, 300)}`);
  }
}

/** That a token is good for a call of the API. */
export async function accepts(token) {
  const answer = await fetch(`${url}/api/v1/users/me`, { headers: { Authorization: `Bearer ${token}` } });
  if (answer.status !== 200) throw new Error(`the token gets ${answer.status}`);
}
