namespace SearchCluster.Architecture.Tests;

/// <summary>
/// Which projects and packages each project under src may name. A null package list means any package but those of
/// <see cref="ForeignPackages"/>, which belong to one side of the system only.
/// </summary>
internal static class AllowedReferences
{
    public static IReadOnlyDictionary<string, (string[] Projects, string[]? Packages)> Table { get; } =
        new Dictionary<string, (string[], string[]?)>
        {
            ["Cluster.Contracts"] = ([], []),
            ["Cluster.Specs"] = (["Cluster.Search"], ["YamlDotNet"]),
            ["Cluster.Search"] = (["Cluster.Contracts"], ["MathNet.Numerics"]),
            ["Cluster.Insight"] = (["Cluster.Search"], []),
            ["Cluster.Runner"] = (["Cluster.Search"], []),
            ["Cluster.Artifacts"] = (["Cluster.Contracts"], ["AWSSDK.S3"]),
            ["Cluster.Models"] = ([
                "Cluster.Artifacts",
                "Cluster.Contracts",
            ], ["BitMiracle.LibTiff.NET", "SkiaSharp", "SkiaSharp.NativeAssets.Linux.NoDependencies", "TorchSharp"]),
            ["Cluster.Security"] = (["Cluster.Contracts"], []),
            ["Cluster.Hosting"] = (["Cluster.Contracts", "Cluster.Security"], null),
            ["Cluster.Launch"] = (["Cluster.Hosting"], []),
            ["Cluster.Coordinator"] =
                ([
                    "Cluster.Artifacts",
                    "Cluster.Hosting",
                    "Cluster.Insight",
                    "Cluster.Search",
                    "Cluster.Security",
                    "Cluster.Specs",
                ], null),
            ["Cluster.GpuWorker"] = (["Cluster.Models", "Cluster.Hosting"], null),
            ["Cluster.Cli"] =
                (["Cluster.Coordinator", "Cluster.GpuWorker", "Cluster.Insight", "Cluster.Launch", "Cluster.Security"], null),
        };

    /// <summary>Package prefixes that only the named projects may use.</summary>
    public static IReadOnlyDictionary<string, string[]> ForeignPackages { get; } =
        new Dictionary<string, string[]>
        {
            ["TorchSharp"] = ["Cluster.Models"],
            ["libtorch"] = [],
            ["Spectre."] = ["Cluster.Cli"],
            ["System.CommandLine"] = ["Cluster.Cli"],
            ["AWSSDK."] = ["Cluster.Artifacts"],
            ["Npgsql"] = ["Cluster.Hosting"],
            ["Microsoft.Data.Sqlite"] = ["Cluster.Hosting"],
            ["Akka"] = ["Cluster.Hosting", "Cluster.Coordinator", "Cluster.GpuWorker"],
        };

    public static IEnumerable<string> Violations(ProjectFile project)
    {
        if (!Table.TryGetValue(project.Name, out var allowed))
        {
            return [$"{project.Name} is not in the table of allowed references; add it there and to docs/architecture.md."];
        }

        var projects = project.Projects.Except(allowed.Projects).Select(name => $"{project.Name} -> {name}");
        var packages = project.Packages.Where(name => !IsAllowed(project.Name, name, allowed.Packages))
            .Select(name => $"{project.Name} -> package {name}");
        return projects.Concat(packages);
    }

    private static bool IsAllowed(string project, string package, string[]? allowed) =>
        allowed?.Contains(package)
        ?? ForeignPackages.All(rule => !package.StartsWith(rule.Key, StringComparison.Ordinal) || rule.Value.Contains(project));
}
