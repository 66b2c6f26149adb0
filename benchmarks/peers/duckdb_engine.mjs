// DuckDB as benchmarks/compare drives it: node duckdb_engine.mjs [FILE]; without a file, in memory.
import { DuckDBInstance, INTEGER, LIST, VARCHAR, listValue, version } from '@duckdb/node-api';
import { readFileSync } from 'node:fs';
import { serve } from './protocol.mjs';

const started = process.hrtime.bigint();
const instance = await DuckDBInstance.create(process.argv[2] ?? ':memory:');
const connection = await instance.connect();
const quoted = (path) => `'${path.replaceAll("'", "''")}'`;

const typeOf = (value) => (Array.isArray(value) ? LIST(INTEGER) : typeof value === 'string' ? VARCHAR : INTEGER);
const valueOf = (value) => (Array.isArray(value) ? listValue(value) : value);

const bind = (statement, parameters) => {
    for (const [index, name] of statement.names) {
        const value = parameters[name];
        statement.prepared.bindValue(index, valueOf(value), typeOf(value));
    }
};

await serve({
    async load(folder) {
        const schema = JSON.parse(readFileSync(`${folder}/schema.json`));
        for (const { table, file } of schema.nodes) {
            await connection.run(`CREATE TABLE "${table}" (id INTEGER PRIMARY KEY, name VARCHAR, rank INTEGER)`);
            await connection.run(`COPY "${table}" FROM ${quoted(`${folder}/${file}`)} (HEADER, DELIMITER ',')`);
        }
        for (const { table, file } of schema.rels) {
            await connection.run(`CREATE TABLE "${table}" (src INTEGER, dst INTEGER, weight INTEGER)`);
            await connection.run(`COPY "${table}" FROM ${quoted(`${folder}/${file}`)} (HEADER, DELIMITER ',')`);
        }
    },
    async prepare(text) {
        const prepared = await connection.prepare(text);
        const names = [];
        for (let i = 1; i <= prepared.parameterCount; ++i) names.push([i, prepared.parameterName(i)]);
        return { prepared, names };
    },
    async run(statement, parameters) {
        bind(statement, parameters);
        return statement.prepared.run();
    },
    rows: async (result) => result.getRows(),
    execute: (text) => connection.run(text),
    threads: (count) => connection.run(`SET threads = ${count}`),
    version: () => version(),
    close: () => connection.run('CHECKPOINT').then(() => connection.closeSync()),
}, started);
