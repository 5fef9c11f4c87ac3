namespace SearchCluster.Architecture.Tests;

/// <summary>The floors of each project's folders, the lowest first: a folder uses those of lower floors only,
/// so that no circle can form.</summary>
/// <remarks>Folders of one floor stand side by side and do not use each other. A project that is not here is not looked at yet; a folder of
/// a project may have a table of its own.</remarks>
internal static class Floors
{
    public static IReadOnlyDictionary<string, string[][]> Table { get; } = new Dictionary<string, string[][]>
    {
        ["Cluster.Cli"] =
        [
            ["Failures"], ["Client", "Data", "Options", "Workloads"], [
                "Connection",
                "Json",
            ], ["Terminal"], ["Output"], ["Invocation"], ["InProcess", "Rendering", "Specs"],
            ["Export", "Predictions"], ["Commands"], ["Application"],
        ],
        ["Cluster.Insight"] = [["Wording"], ["Charts", "Traces"], ["Analysis"], ["Findings"], ["Reports"]],
        ["Cluster.Launch"] = [["Processes"], ["Supervision"], ["State"]],
        ["Cluster.Models"] =
        [
            ["Randomness"], ["Attempts", "Checkpoints", "Configuration", "Native"], [
                "Data",
                "Optimizers",
            ], ["ModelFiles", "Networks", "Tasks"],
            ["Workloads"], ["Training"], ["Ensembles"], ["Execution"], ["Sanity"],
        ],
        ["Cluster.Contracts"] =
        [
            ["Collections", "Identifiers", "Randomness", "Storage", "Telemetry", "Text"],
            ["Parameters", "Trials"],
            ["Configuration", "Errors", "Metrics", "Specs"],
            ["Ensembles", "Work", "Workloads"],
            ["Vocabulary", "Workers"],
            ["Searches"],
            ["Api"],
            ["Wire"],
        ],
        ["Cluster.Search"] = [
            ["Catalogs", "Numerics"],
            ["State"],
            ["View"],
            ["Encoding"],
            ["Analysis", "Scheduling"],
            ["Sampling"],
            ["Decisions"],
        ],
        ["Cluster.Search/Sampling/GaussianProcess"] = [["Kernels"], ["Fitting"], ["Prediction"], ["Acquisition"]],
        ["Cluster.Specs"] = [["Text"], ["Syntax"], ["Sections"], ["Checks"], ["Binding"], ["Explaining", "Resources"]],
        ["Cluster.Specs/Binding"] = [["Algorithms", "Data", "Run", "Space"], ["Workloads"]],
    };

    /// <summary>Compares the folders of a project with its floors.</summary>
    /// <param name="floors">The floors.</param>
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

        var homes = sources.SelectMany(source => source.Declared.Select(type => (type, source.Folder))).GroupBy(entry => entry.type)
            .Where(group => group.Select(entry => entry.Folder).Distinct().Count() == 1)
            .ToDictionary(group => group.Key, group => group.First().Folder);
        foreach (var source in sources)
        {
            foreach (var type in source.Named.Where(homes.ContainsKey))
            {
                var home = homes[type];
                if (home != source.Folder
                    && floorOf.TryGetValue(home, out var other)
                    && floorOf.TryGetValue(source.Folder, out var own)
                    && other >= own)
                {
                    yield return $"{source.Path} ({source.Folder}) uses {type} ({home}), which is not below it.";
                }
            }
        }
    }
}
