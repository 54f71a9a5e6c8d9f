// Reads [{name, url, typeDefs}] from standard input, writes {supergraph} or {errors} to standard output.
import { text } from "node:stream/consumers";
import { parse } from "graphql";
import { composeServices, compositionHasErrors } from "@theguild/federation-composition";

const read = ({ name, url, typeDefs }) => {
  try {
    return { name, url, typeDefs: parse(typeDefs) };
  } catch (error) {
    throw new Error(`[${name}] ${error.message}`);
  }
};

const compose = (subgraphs) => {
  const result = composeServices(subgraphs.map(read));
  if (!compositionHasErrors(result)) return { supergraph: result.supergraphSdl };
  return { errors: result.errors.map((error) => error.message) };
};

let outcome;
try {
  outcome = compose(JSON.parse(await text(process.stdin)));
} catch (error) {
  outcome = { errors: [error.message] };
}
process.stdout.write(JSON.stringify(outcome));
