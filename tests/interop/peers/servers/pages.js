// Serves each foreign client as a page of its own: /NAME runs tabs/NAME.js with the npm packages it imports bundled in.
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = fileURLToPath(new URL("../tabs/", import.meta.url));
// Of simple-peer the build that brings Node's parts along, whoever asks for it.
const withNodesParts = {
  name: "with-nodes-parts",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^simple-peer$/ }, ({ kind, resolveDir }) =>
      resolve("simple-peer/simplepeer.min.js", { kind, resolveDir }));
  },
};

// What packages written for Node.js take for granted.
const process = "globalThis.process ??= { browser: true, env: {}, nextTick: (call, ...words) => queueMicrotask(() => call(...words)) };";

async function bundled(name) {
  const made = await build({
    entryPoints: [`${folder}${name}.js`],
    bundle: true,
    format: "esm",
    write: false,
    plugins: [withNodesParts],
    define: { global: "globalThis" },
    banner: { js: process },
    logLevel: "warning",
  });
  return made.outputFiles[0].text;
}

async function answer(path) {
  const [, name, script] = /^\/([a-z-]+)(\.js)?$/.exec(path) ?? [];
  if (!name) return { status: 404, type: "text/plain", text: "" };
  if (script) return { status: 200, type: "text/javascript", text: await bundled(name) };
  const text = `<!doctype html><meta charset="utf-8"><title>${name}</title><link rel="icon" href="data:,">
    <script type="module" src="/${name}.js"></script>`;
  return { status: 200, type: "text/html", text };
}

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://127.0.0.1");
  const failed = (error) => {
    console.error(error.message);
    return { status: 500, type: "text/plain", text: error.message };
  };
  const { status, type, text } = await answer(pathname).catch(failed);
  response.writeHead(status, { "Content-Type": `${type}; charset=utf-8` }).end(text);
});
server.listen(0, "127.0.0.1");
