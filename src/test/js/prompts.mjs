// Orkes' own JavaScript SDK at the hands of a test: each line that comes in is {"call": "savePrompt", "with": [...]}, and
// each line that goes out what the call came to, {"value": ...} or {"error": "..."}. The end of the input ends it.
import { createInterface } from 'node:readline';
import { OrkesClients } from '@io-orkes/conductor-javascript';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const [serverUrl, keyId, keySecret] = process.argv.slice(2);
const clients = await OrkesClients.from({ serverUrl, keyId, keySecret, logger: quiet });
const prompts = clients.getPromptClient();

for await (const line of createInterface({ input: process.stdin })) {
  const { call, with: values } = JSON.parse(line);
  let answer;
  try {
    answer = { value: (await prompts[call](...values)) ?? null };
  } catch (error) {
    answer = { error: `${error.message}` };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit(0);
