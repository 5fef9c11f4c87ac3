namespace SearchCluster.Architecture.Tests;

/// <summary>The floors of each project's folders, the lowest first: a folder uses those of lower floors only,
/// so that no circle can form.</summary>
/// <remarks>Folders of one floor stand side by side and do not use each other; the files that lie in no folder are the floor
/// <see cref="SourceFile.Root"/>. Each project with folders has a row. The rooms of a folder may use each other and the files beside them;
/// where they have an order, the folder has a row of its own, for its rooms alone.</remarks>
internal static class Floors
{
    public static IReadOnlyDictionary<string, string[][]> Table { get; } = new Dictionary<string, string[][]>
    {
        ["Cluster.Artifacts"] = [["."], ["Data"], ["Http"]],
        ["Cluster.Cli"] =
        [
            ["Failures"], ["Client", "Data", "Options", "Workloads"], [
                "Connection",
                "Json",
            ], ["Terminal"], ["Output"], ["Invocation"], ["InProcess", "Joining", "Rendering", "Specs"],
            ["Export", "Predictions"], ["Commands"], ["Application"], ["."],
        ],
        ["Cluster.Cli/Commands"] = [["Cluster", "Data", "Machine", "Members", "Specs"], ["Models", "Searches"], ["Results"]],
        ["Cluster.Cli/Json"] = [["Data", "Machine", "Searches"], ["Models"]],
        ["Cluster.Contracts"] =
        [
            ["."],
            ["Collections", "Identifiers", "Randomness", "Storage", "Telemetry", "Text"],
            ["Parameters", "Trials"],
            ["Configuration", "Errors", "Metrics", "Specs"],
            ["Ensembles", "Work", "Workloads"],
            ["Vocabulary", "Workers"],
            ["Searches"],
            ["Api"],
            ["Wire"],
        ],
        ["Cluster.Coordinator"] =
            [["Options", "Refusals"], ["Reading"], ["Actors"], ["Service"], ["Http"], ["Standby"], ["Hosting"], ["."]],
        ["Cluster.Coordinator/Actors"] = [["Searches", "Workers"]],
        ["Cluster.GpuWorker"] =
            [["Logging", "Memory", "Options"], ["Data", "Devices", "Outbox"], ["Execution"], ["Actors"], ["Hosting"], ["."]],
        ["Cluster.GpuWorker/Execution"] = [["Limits", "Reports"]],
        ["Cluster.Hosting"] =
            [["."], ["Wire"], ["ActorSystems", "State"], ["Cluster", "Persistence", "Telemetry"], ["Logging", "Membership"]],
        ["Cluster.Insight"] = [["Wording"], ["Charts", "Traces"], ["Analysis"], ["Findings"], ["Reports"], ["Status"]],
        ["Cluster.Launch"] = [["."], ["Processes"], ["Supervision"], ["State"]],
        ["Cluster.Models"] =
        [
            ["."],
            ["Randomness"], ["Attempts", "Checkpoints", "Configuration", "Native"], [
                "Data",
                "Optimizers",
            ], ["ModelFiles", "Networks", "Tasks"],
            ["Workloads"], ["Training"], ["Ensembles"], ["Execution"], ["Sanity"],
        ],
        ["Cluster.Search"] = [
            ["."],
            ["Catalogs", "Numerics"],
            ["State"],
            ["View"],
            ["Encoding"],
            ["Analysis", "Scheduling"],
            ["Sampling"],
            ["Decisions"],
        ],
        ["Cluster.Search/Analysis"] = [["Curves", "Forests", "Pareto"], ["Dependence", "Importance"]],
        ["Cluster.Search/Sampling/GaussianProcess"] = [["Kernels"], ["Fitting"], ["Prediction"], ["Acquisition"]],
        ["Cluster.Security"] = [["."], ["Files"], ["Certificates"], ["Authorities"], ["Identities"], ["Joining"]],
        ["Cluster.Specs"] =
            [["Rules", "Text"], ["Problems"], ["Syntax"], ["Sections"], ["Checks"], ["Binding"], ["Explaining", "Resources"], ["."]],
        ["Cluster.Specs/Binding"] = [["Algorithms", "Data", "Run", "Space"], ["Workloads"]],
    };

    /// <summary>Reads what a row of the table is about.</summary>
    /// <param name="row">Its key: a project, or a folder of one.</param>
    /// <returns>The sources; of a folder only those in its rooms.</returns>
    public static IReadOnlyList<SourceFile> SourcesOf(string row)
    {
        var sources = SourceFile.ReadAll(Path.Combine(Repository.SourceFolder, row));
        return row.Contains('/', StringComparison.Ordinal) ? [.. sources.Where(source => source.Folder != SourceFile.Root)] : sources;
    }

    /// <summary>Compares the folders of a project with its floors.</summary>
    /// <param name="floors">Folders of each floor, from below.</param>
    /// <param name="sources">Files by folder: what they declare and what they name.</param>
    /// <returns>One line for each use of a folder that is not below, and for each folder without a floor.</returns>
    public static IEnumerable<string> Violations(string[][] floors, IReadOnlyList<SourceFile> sources)
    {
        var floorOf = floors.SelectMany((folders, floor) => folders.Select(folder => (folder, floor)))
            .ToDictionary(entry => entry.folder, entry => entry.floor);
        foreach (var folder in sources.Select(source => source.Folder).Distinct().Where(folder => !floorOf.ContainsKey(folder)))
        {
            yield return $"{folder} has no floor; add it to the table.";
        }

        var homes = new Homes(sources);
        foreach (var source in sources)
        {
            foreach (var (name, home) in homes.UsedBy(source))
            {
                if (home != source.Folder
                    && floorOf.TryGetValue(home, out var other)
                    && floorOf.TryGetValue(source.Folder, out var own)
                    && other >= own)
                {
                    yield return $"{source.Path} ({source.Folder}) uses {name} ({home}), which is not below it.";
                }
            }
        }
    }
}
