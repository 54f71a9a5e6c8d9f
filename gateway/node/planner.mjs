// One supergraph, one planner: the first line in is {sdl}, every later one {id, query, operationName}.
import { createInterface } from "node:readline";
import { QueryPlanner } from "@graphql-hive/router-query-planner";

const NO_LABELS = new Set();
let planner;

const answer = (message) => process.stdout.write(JSON.stringify(message) + "\n");

const handle = (request) => {
  if (!planner) {
    planner = new QueryPlanner(request.sdl);
    return { consumerSchema: planner.consumerSchema };
  }
  return { id: request.id, plan: planner.plan(request.query, request.operationName, NO_LABELS, 100) };
};

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const request = JSON.parse(line);
    try {
      answer(handle(request));
    } catch (error) {
      answer({ id: request.id, error: error.message });
    }
  })
  .on("close", () => process.exit(0));
