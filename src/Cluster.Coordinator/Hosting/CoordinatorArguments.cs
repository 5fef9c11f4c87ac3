using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using SearchCluster.Coordinator.Options;
using SearchCluster.Hosting;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.State;

namespace SearchCluster.Coordinator.Hosting;

/// <summary>Reads the options of the executable from its command line and environment; the command line wins.</summary>
internal static class CoordinatorArguments
{
    /// <summary>How the executable is used.</summary>
    public const string Usage = """
        usage: Cluster.Coordinator [--state FOLDER] [--port N] [--cluster-port N] [--host ADDRESS] [--cluster-host ADDRESS]
                                   [--seeds HOST:PORT,...] [--artifacts FOLDER|s3://BUCKET/PREFIX]
        environment: SEARCHCLUSTER_HOME, SEARCHCLUSTER_PORT, SEARCHCLUSTER_CLUSTER_PORT, SEARCHCLUSTER_HOST, SEARCHCLUSTER_CLUSTER_HOST,
                     SEARCHCLUSTER_SEEDS, SEARCHCLUSTER_ARTIFACTS,
                     SEARCHCLUSTER_POSTGRES (connection string; the default is the SQLite file of the state folder)
        """;

    private static readonly Dictionary<string, string> Variables = new(StringComparer.Ordinal)
    {
        ["--state"] = StateFolder.EnvironmentVariable,
        ["--port"] = "SEARCHCLUSTER_PORT",
        ["--cluster-port"] = "SEARCHCLUSTER_CLUSTER_PORT",
        ["--host"] = "SEARCHCLUSTER_HOST",
        ["--cluster-host"] = "SEARCHCLUSTER_CLUSTER_HOST",
        ["--seeds"] = "SEARCHCLUSTER_SEEDS",
        ["--artifacts"] = "SEARCHCLUSTER_ARTIFACTS",
    };

    /// <summary>Reads the options.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="options">What the command line and the environment say; null when something is wrong.</param>
    /// <param name="problem">What is wrong, with the usage.</param>
    /// <returns>False when something is wrong.</returns>
    public static bool TryParse(
        IReadOnlyList<string> arguments,
        Func<string, string?> variable,
        [NotNullWhen(true)] out CoordinatorOptions? options,
        [NotNullWhen(false)] out string? problem)
    {
        options = null;
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Count; i += 2)
        {
            problem = !Variables.ContainsKey(arguments[i]) ? $"Unknown option {arguments[i]}."
                : i + 1 == arguments.Count ? $"Option {arguments[i]} needs a value."
                : !given.TryAdd(arguments[i], arguments[i + 1]) ? $"Option {arguments[i]} is given twice."
                : null;
            if (problem is not null)
            {
                problem += Environment.NewLine + Usage;
                return false;
            }
        }

        string? Value(string option) =>
            given.GetValueOrDefault(option) ?? (variable(Variables[option]) is { Length: > 0 } text ? text : null);
        foreach (var option in new[] { "--port", "--cluster-port" })
        {
            if (Value(option) is { } text && Port(text) is null)
            {
                problem = $"{option} ({Variables[option]}) is \"{text}\", but must be a whole number from 0 to "
                    + $"{ushort.MaxValue}.{Environment.NewLine}{Usage}";
                return false;
            }
        }

        options = new CoordinatorOptions
        {
            StateFolder = StateFolder.Resolve(Value("--state")),
            Mode = ActorMode.Clustered,
            HttpHost = Value("--host") ?? CoordinatorDefaults.Host,
            HttpPort = Port(Value("--port")),
            ClusterHost = Value("--cluster-host") ?? CoordinatorDefaults.Host,
            ClusterPort = Port(Value("--cluster-port")) ?? 0,
            Seeds = (Value("--seeds") ?? "")
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .ToValueArray(),
            Artifacts = Value("--artifacts"),
            Variable = variable,
            Persistence = variable("SEARCHCLUSTER_POSTGRES") is { Length: > 0 } connection ? new PostgresJournal(connection) : null,
        };
        problem = null;
        return true;
    }

    private static int? Port(string? text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;
}
