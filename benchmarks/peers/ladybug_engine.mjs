// LadybugDB as benchmarks/compare drives it: node ladybug_engine.mjs [FILE]; without a file, in memory.
import lbug from '@ladybugdb/core';
import { readFileSync } from 'node:fs';
import { serve } from './protocol.mjs';

const started = process.hrtime.bigint();
const database = new lbug.Database(process.argv[2] ?? ':memory:');
const connection = new lbug.Connection(database);
connection.initSync();

const take = (result) => {
    const rows = result.getAllSync().map((row) => Object.values(row));
    result.close();
    return rows;
};

await serve({
    load(folder) {
        const schema = JSON.parse(readFileSync(`${folder}/schema.json`));
        for (const { table, file } of schema.nodes) {
            connection.querySync(`CREATE NODE TABLE \`${table}\` (id INT64 PRIMARY KEY, name STRING, rank INT64)`).close();
            connection.querySync(`COPY \`${table}\` FROM "${folder}/${file}" (header=true, quote='"', escape='"')`).close();
        }
        const types = Map.groupBy ? Map.groupBy(schema.rels, (rel) => rel.type) : new Map();
        if (types.size === 0) for (const rel of schema.rels) types.set(rel.type, [...(types.get(rel.type) ?? []), rel]);
        for (const [type, tables] of types) {
            const ends = tables.map(({ from, to }) => `FROM \`${from}\` TO \`${to}\``).join(', ');
            connection.querySync(`CREATE REL TABLE \`${type}\` (${ends}, weight INT64)`).close();
            for (const { from, to, file } of tables) {
                const pair = tables.length > 1 ? `, from="${from}", to="${to}"` : '';
                connection.querySync(`COPY \`${type}\` FROM "${folder}/${file}" (header=true${pair})`).close();
            }
        }
    },
    prepare(text) {
        const prepared = connection.prepareSync(text);
        if (!prepared.isSuccess()) throw new Error(prepared.getErrorMessage());
        // Parameters that the text does not name are an error.
        const names = new Set([...text.matchAll(/\$(\w+)/g)].map((match) => match[1]));
        return { prepared, names };
    },
    run({ prepared, names }, parameters) {
        const given = Object.fromEntries(Object.entries(parameters).filter(([name]) => names.has(name)));
        return take(connection.executeSync(prepared, given));
    },
    rows: (rows) => rows,
    execute: (text) => connection.querySync(text).close(),
    threads: (count) => connection.setMaxNumThreadForExec(count),
    version: () => lbug.VERSION,
    close: () => {
        connection.closeSync();
        database.closeSync();
    },
}, started);
