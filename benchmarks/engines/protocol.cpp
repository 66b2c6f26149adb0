#include "protocol.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <time.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <stdexcept>

namespace islet::benchmarks {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;
using Json = rapidjson::Value;

Value from_json(const Json& json) {
    if (json.IsBool()) return json.GetBool();
    if (json.IsInt64()) return json.GetInt64();
    if (json.IsNumber()) return json.GetDouble();
    if (json.IsString()) return std::string(json.GetString(), json.GetStringLength());
    if (json.IsArray()) {
        List elements;
        for (const Json& element : json.GetArray()) elements.push_back(from_json(element));
        return elements;
    }
    if (json.IsNull()) return {};
    throw std::invalid_argument("a parameter must be a scalar or a list");
}

void write(Writer& writer, const Value& value) {
    switch (value.kind()) {
        case Kind::null:
            writer.Null();
            break;
        case Kind::boolean:
            writer.Bool(value.as_bool());
            break;
        case Kind::integer:
            writer.Int64(value.as_int());
            break;
        case Kind::floating:
            writer.Double(value.as_double());
            break;
        case Kind::string:
            writer.String(value.as_string().data(), static_cast<unsigned>(value.as_string().size()));
            break;
        case Kind::list:
            writer.StartArray();
            for (const Value& element : value.as_list()) write(writer, element);
            writer.EndArray();
            break;
        default:
            throw std::invalid_argument("a query of the suite returns scalars and lists");
    }
}

/// Of all threads, since the process started.
double cpu_ms() {
    timespec spent{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
    return static_cast<double>(spent.tv_sec) * 1e3 + static_cast<double>(spent.tv_nsec) * 1e-6;
}

/// A line such as `VmHWM:   1234 kB` of /proc/self/status, in bytes.
std::int64_t status_bytes(std::string_view field) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(field)) return std::stoll(line.substr(field.size() + 1)) * 1024;
    }
    return 0;
}

class Service {
 public:
    explicit Service(const Engine& engine) : engine_(engine) {}

    void answer(const Json& request, Writer& writer) {
        const std::string op = request["op"].GetString();
        writer.StartObject();
        if (op == "run") {
            run(request, writer);
        } else if (op == "threads") {
            engine_.set_threads(request["count"].GetUint());
        } else if (op == "switch") {
            if (!engine_.set_switch(request["name"].GetString(), request["on"].GetBool()))
                throw std::invalid_argument("no such switch");
        } else if (op == "switches") {
            writer.Key("names");
            writer.StartArray();
            for (const std::string& name : engine_.switches) writer.String(name.c_str());
            writer.EndArray();
        } else if (op == "memory") {
            writer.Key("resident");
            writer.Int64(status_bytes("VmRSS:"));
            writer.Key("peak");
            writer.Int64(status_bytes("VmHWM:"));
        } else {
            throw std::invalid_argument("no such op: " + op);
        }
        writer.EndObject();
    }

 private:
    void run(const Json& request, Writer& writer) {
        Request query{request["name"].GetString(), request["text"].GetString(), {}};
        for (const auto& [name, value] : request["parameters"].GetObject())
            query.parameters.emplace(name.GetString(), from_json(value));
        const unsigned each = request.HasMember("each") ? request["each"].GetUint() : 0;
        const std::size_t minimum = request["minimum"].GetUint();
        const std::size_t maximum = request["maximum"].GetUint();
        const double seconds = request["seconds"].GetDouble();

        Rows rows;
        measure(request, query, each, &rows);
        std::vector<Spent> times;
        for (double spent = 0; times.size() < minimum || (times.size() < maximum && spent < seconds * 1e3);) {
            times.push_back(measure(request, query, each, nullptr));
            spent += times.back().wall * (each == 0 ? 1 : each);
        }

        writer.Key("count");
        writer.Uint64(rows.size());
        writer.Key("rows");
        writer.StartArray();
        for (const std::vector<Value>& row : rows) {
            writer.StartArray();
            for (const Value& value : row) write(writer, value);
            writer.EndArray();
        }
        writer.EndArray();
        for (const auto& [key, member] : {std::pair("ms", &Spent::wall), std::pair("cpu_ms", &Spent::cpu)}) {
            writer.Key(key);
            writer.StartArray();
            for (const Spent& spent : times) writer.Double(spent.*member);
            writer.EndArray();
        }
    }

    struct Spent {
        double wall, cpu;  ///< ms
    };

    Spent measure(const Json& request, Request& query, unsigned each, Rows* rows) {
        run_all(request, "before");
        Value* i = each == 0 ? nullptr : &query.parameters["i"];
        const double cpu = cpu_ms();
        const auto start = std::chrono::steady_clock::now();
        if (each == 0) engine_.run(query);
        for (unsigned n = 1; n <= each; ++n) {
            *i = Value(static_cast<std::int64_t>(n));
            engine_.run(query);
        }
        const std::chrono::duration<double, std::milli> wall = std::chrono::steady_clock::now() - start;
        const double runs = each == 0 ? 1 : each;
        const Spent spent{wall.count() / runs, (cpu_ms() - cpu) / runs};
        if (rows != nullptr) *rows = engine_.rows();
        run_all(request, "after");
        return spent;
    }

    void run_all(const Json& request, const char* when) {
        if (!request.HasMember(when)) return;
        for (const Json& text : request[when].GetArray()) engine_.run({when, text.GetString(), {}});
    }

    const Engine& engine_;
};

}  // namespace

void serve(const Engine& engine) {
    Service service(engine);
    for (std::string line; std::getline(std::cin, line);) {
        rapidjson::StringBuffer buffer;
        Writer writer(buffer);
        try {
            rapidjson::Document request;
            request.Parse(line.c_str());
            if (request.HasParseError() || !request.IsObject()) throw std::invalid_argument("no JSON object");
            service.answer(request, writer);
        } catch (const std::exception& error) {
            buffer.Clear();
            writer.Reset(buffer);
            writer.StartObject();
            writer.Key("error");
            writer.String(error.what());
            writer.EndObject();
        }
        std::cout << buffer.GetString() << '\n' << std::flush;
    }
}

}  // namespace islet::benchmarks
