// Runs the GraphQL over HTTP audit of the package graphql-http against the address given, prints its results as JSON.
import { auditServer } from "graphql-http";

const results = await auditServer({ url: process.argv[2] });
const shown = results.map(({ id, name, status, reason }) => ({ id, name, status, reason }));
process.stdout.write(JSON.stringify(shown));
