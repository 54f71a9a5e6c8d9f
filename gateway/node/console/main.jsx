import { createRoot } from "react-dom/client";
import { GraphiQL } from "graphiql";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { createClient } from "graphql-ws";
import "graphiql/style.css";

const WORKERS = { json: "json.worker.js", graphql: "graphql.worker.js" };
const TOKEN = "plumbline:token";

globalThis.MonacoEnvironment = {
  getWorker: (_, label) => new Worker(`/console/${WORKERS[label] ?? "editor.worker.js"}`),
};

const bearer = () => {
  const token = localStorage.getItem(TOKEN);
  return token ? { authorization: `Bearer ${token}` } : {};
};

const sockets = createClient({
  url: `${location.protocol.replace("http", "ws")}//${location.host}/graphql`,
  connectionParams: bearer,
  lazy: true,
});

const send = createGraphiQLFetcher({ url: "/graphql", wsClient: sockets });
const fetcher = (request, options) =>
  send(request, { ...options, headers: { ...bearer(), ...options?.headers } });

const field = document.getElementById("token");
field.value = localStorage.getItem(TOKEN) ?? "";
field.addEventListener("change", () => localStorage.setItem(TOKEN, field.value.trim()));

const WELCOME = `# Plumbline 垂线 · one schema over six services · 六个服务，一张图
# Paste a token of \`make token PERSON=…\` above · 请在上方粘贴令牌

{
  __typename
}
`;

createRoot(document.getElementById("console")).render(
  <GraphiQL fetcher={fetcher} defaultQuery={WELCOME} defaultEditorToolsVisibility="variables" />,
);
