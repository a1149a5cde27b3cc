import type { Facts, OperationFacts } from './read-facts.ts';

const HEAD = `<!-- Made by \`pnpm docs:operations\` from packages/client/openapi. Not to be edited. -->

# All operations

Each can be called in three ways, and sends the same request in each:

\`\`\`ts
await client.workflow.get({ workflowId }); // group and method
await workflowGet(client, { workflowId }); // a function of its own: a bundle holds only what is imported
await client.workflowResource.getExecutionStatus(workflowId); // as in the published SDK, where it has the call; deprecated
\`\`\`

Parameters of path, query and headers are members of one object, the body is its member \`body\`; shown are those that must be given. The last argument
are the options of the call. _Server_: \`both\`, or the only one that has it. _Again_: \`safe\` may be sent twice, \`unsafe\` is not sent again where it may have been
processed, \`keyed\` is as unsafe until the call has an idempotency key and the server enforces it. What a method gives is in its types.
`;

/** docs/operations.md. The same facts give the same text. */
export function operationsPage({ operations, composed }: Facts): string {
  const groups = [...new Set(operations.map(({ group }) => group))].sort();
  const index = groups.map((group) => `[${group}](#${group.toLowerCase()})`).join(' · ');
  const sections = groups.map((group) => {
    const rows = operations.filter((one) => one.group === group).map(row);
    const made = composed
      .filter((one) => one.group === group)
      .map(({ method, summary, oldNames }) => {
        const names = [`client.${group}.${method}`, functionName(group, method), ...oldNames];
        return `- ${names.map((name) => `\`${name}\``).join(', ')}: ${summary}`;
      });
    const more = made.length === 0 ? '' : `\nMade of several:\n\n${made.join('\n')}\n`;
    return `## ${group}\n\n${TABLE_HEAD}${rows.join('')}${more}`;
  });
  const total = `${operations.length} operations in ${groups.length} groups: ${index}\n`;
  return `${[HEAD, total, ...sections].join('\n').trimEnd()}\n`;
}

const TABLE_HEAD = `| method | function | published SDK | what it does | request | server | again |\n| - | - | - | - | - | - | - |\n`;

function row(facts: OperationFacts): string {
  const { group, method, required, oldNames, summary, http, path, server, replay } = facts;
  const given = required.length === 0 ? '' : `{ ${required.map(key).join(', ')} }`;
  const old = oldNames.map((name) => `\`${name}\``).join(', ');
  const cells = [
    `\`client.${group}.${method}(${given})\``,
    `\`${functionName(group, method)}\``,
    old,
    summary.replaceAll('|', String.raw`\|`),
    `\`${http} ${path}\``,
    server,
    replay,
  ];
  return `| ${cells.join(' | ')} |\n`;
}

function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`;
}

function functionName(group: string, method: string): string {
  return group + method.charAt(0).toUpperCase() + method.slice(1);
}
