using System.Collections.Concurrent;
using System.Text;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Workloads;

namespace SearchCluster.Models.Execution;

/// <summary>Tells when a search goes on with another build of a user's workload than the one of the trials before: their results may mean
/// something else, and nothing in them shows it.</summary>
/// <remarks>A build is known by its module's version id, which the compiler makes of the sources, so the same sources built again are the
/// same build. The product's own workloads are those of its version. Thread-safe.</remarks>
internal sealed class WorkloadBuilds
{
    private const int LongestFile = 64 * 1024;

    private readonly ConcurrentDictionary<(SearchId, string), bool> _looked = [];

    /// <summary>Looks once for each search, and notes a build that is new to it.</summary>
    /// <param name="workload">Of the product or of a user; only those of users are looked at.</param>
    /// <param name="search">Whose folder of artifacts keeps the builds.</param>
    /// <param name="context">Where earlier builds are noted, and who is told.</param>
    public void Tell(IWorkload workload, SearchId search, WorkContext context)
    {
        var name = workload.Descriptor.Name;
        if (workload.GetType().Assembly == typeof(WorkloadBuilds).Assembly || !_looked.TryAdd((search, name), true))
        {
            return;
        }

        var (path, build) = (ArtifactPaths.WorkloadBuilds(search), Describe(workload));
        var known = Read(path, context.Artifacts);
        if (known.Contains(build))
        {
            return;
        }

        context.Artifacts.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(string.Join('\n', [.. known, build]) + "\n")));
        if (known.Count > 0)
        {
            context.Warn?.Invoke(
                $"The search goes on with another build of workload {DisplayText.Shorten(name)}: {build}; the trials before were "
                    + $"trained by {known[^1]}. Where the workload means something else now, their results do not compare: "
                    + "start another search.");
        }
    }

    private static string Describe(IWorkload workload)
    {
        var assembly = workload.GetType().Assembly;
        return $"{assembly.GetName().Name} {assembly.GetName().Version} (build {assembly.ManifestModule.ModuleVersionId:N})";
    }

    private static List<string> Read(string path, IArtifacts artifacts)
    {
        using var stream = artifacts.OpenRead(path);
        if (stream is null)
        {
            return [];
        }

        using var reader = new StreamReader(stream);
        var text = new char[LongestFile];
        return [.. new string(text, 0, reader.ReadBlock(text)).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
