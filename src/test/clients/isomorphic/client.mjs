// isomorphic-git at the hands of a test.
import fs from 'node:fs';
import git from 'isomorphic-git';
import http from 'isomorphic-git/http/node';

const [command, url, token, ...rest] = process.argv.slice(2);
const remote = { fs, http, url, onAuth: () => ({ username: 'x', password: token }) };

const commands = {
  async ls() {
    for (const { oid, ref } of await git.listServerRefs({ ...remote, protocolVersion: 1 })) {
      console.log(`${oid}\t${ref}`);
    }
  },

  async clone(dir, depth, tags) {
    // with a single branch it never takes tags
    const some = { singleBranch: tags === '0', noTags: tags === '0', depth: +depth || undefined };
    await git.clone({ ...remote, dir, ...some });
  },

  async fetch(dir, depth, source, target) {
    const wanted = { remoteRef: source, ref: source, singleBranch: true, depth: +depth || undefined };
    const { fetchHead } = await git.fetch({ ...remote, dir, ...wanted });
    await git.writeRef({ fs, dir, ref: target, value: fetchHead, force: true });
  },

  async push(dir, atomic, ...specs) {
    if (atomic === '1') {
      console.log('isomorphic-git has no such option: atomic');
      process.exit(2);
    }
    for (const spec of specs) {
      const [ref, remoteRef] = spec.split(':');
      await git.push({ ...remote, dir, ref, remoteRef });
    }
  },
};

try {
  await commands[command](...rest);
} catch (error) {
  console.log(error.code, error.message, JSON.stringify(error.data ?? {}));
  process.exit(1);
}
