// The other end of benchmarks/protocol.hpp, for engines that are driven from JavaScript.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const plain = (value) => {
    if (value === null || value === undefined) return null;
    if (typeof value === 'bigint') return Number(value);
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value === 'object' && Array.isArray(value.items)) return value.items.map(plain);
    if (typeof value === 'object') return String(value);
    return value;
};

const status = (field) => {
    const line = readFileSync('/proc/self/status', 'utf8').split('\n').find((l) => l.startsWith(field));
    return Number(line.split(/\s+/)[1]) * 1024;
};

const cpuMs = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
};

async function measure(engine, request, statement, keep) {
    for (const text of request.before ?? []) await engine.execute(text);
    const each = request.each ?? 0;
    const parameters = { ...request.parameters };
    let result;
    const cpu = cpuMs();
    const start = process.hrtime.bigint();
    if (each === 0) result = await engine.run(statement, parameters);
    for (let i = 1; i <= each; ++i) {
        parameters.i = i;
        result = await engine.run(statement, parameters);
    }
    const spent = Number(process.hrtime.bigint() - start) / 1e6;
    const cpuSpent = cpuMs() - cpu;
    if (keep) keep.rows = (await engine.rows(result)).map((row) => row.map(plain));
    engine.release?.(result);
    for (const text of request.after ?? []) await engine.execute(text);
    return { wall: spent / (each || 1), cpu: cpuSpent / (each || 1) };
}

async function run(engine, request) {
    for (const text of request.before ?? []) await engine.execute(text);
    const statement = await engine.prepare(request.text, request.parameters, request.each);
    for (const text of request.before ? request.after ?? [] : []) await engine.execute(text);
    const kept = {};
    await measure(engine, request, statement, kept);
    const times = [];
    let spent = 0;
    while (times.length < request.minimum || (times.length < request.maximum && spent < request.seconds * 1000)) {
        times.push(await measure(engine, request, statement, null));
        spent += times.at(-1).wall * (request.each ?? 1);
    }
    return {
        rows: kept.rows,
        count: kept.rows.length,
        ms: times.map(({ wall }) => wall),
        cpu_ms: times.map(({ cpu }) => cpu),
    };
}

/// engine: { load(folder), prepare(text, parameters), run(statement, parameters), rows(result),
///           execute(text), threads(count), version() }, all of which may be async.
/// `started`: when the engine began to open its database (process.hrtime.bigint()). With FIRST_QUERY in the
/// environment, says how long it took from there to that query's rows, and ends.
export async function serve(engine, started) {
    if (process.env.FIRST_QUERY) {
        const rows = await engine.rows(await engine.run(await engine.prepare(process.env.FIRST_QUERY), {}));
        const ms = Number(process.hrtime.bigint() - started) / 1e6;
        process.stdout.write(JSON.stringify({ ms, rows: rows.map((row) => row.map(plain)) }) + '\n');
        process.exit(0);
    }
    for await (const line of createInterface({ input: process.stdin })) {
        const request = JSON.parse(line);
        let answer = {};
        try {
            if (request.op === 'run') answer = await run(engine, request);
            else if (request.op === 'threads') await engine.threads(request.count);
            else if (request.op === 'version') answer.version = await engine.version();
            else if (request.op === 'memory') answer = { resident: status('VmRSS:'), peak: status('VmHWM:') };
            else if (request.op === 'load') {
                const start = process.hrtime.bigint();
                const cpu = cpuMs();
                await engine.load(request.folder);
                answer = { ms: Number(process.hrtime.bigint() - start) / 1e6, cpu_ms: cpuMs() - cpu };
                for (const text of request.setup ?? []) await engine.execute(text);
            } else throw new Error(`no such op: ${request.op}`);
        } catch (error) {
            answer = { error: String(error.message ?? error) };
        }
        process.stdout.write(JSON.stringify(answer) + '\n');
    }
    await engine.close?.();
}
