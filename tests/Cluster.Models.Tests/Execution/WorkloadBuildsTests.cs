using System.Text;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Execution;
using SearchCluster.Models.Workloads;

namespace SearchCluster.Models.Tests.Execution;

/// <summary>A search does not go on with other code of a user's in silence.</summary>
public sealed class WorkloadBuildsTests
{
    private static readonly SearchId Search = new("s");
    private readonly MemoryArtifactStore _artifacts = new();
    private readonly List<string> _warnings = [];

    [Fact]
    public void The_first_build_is_noted_and_the_same_one_told_by_nobody()
    {
        new WorkloadBuilds().Tell(new Own(), Search, Context());
        new WorkloadBuilds().Tell(new Own(), Search, Context());

        _warnings.ShouldBeEmpty();
        Known().ShouldHaveSingleItem().ShouldContain("(build ");
    }

    [Fact]
    public void Another_one_is_told_once_with_both()
    {
        const string Before = "Chaos 1.0.0.0 (build 0123456789abcdef0123456789abcdef)";
        _artifacts.Write(ArtifactPaths.WorkloadBuilds(Search), stream => stream.Write(Encoding.UTF8.GetBytes(Before + "\n")));
        var builds = new WorkloadBuilds();

        builds.Tell(new Own(), Search, Context());
        builds.Tell(new Own(), Search, Context());
        new WorkloadBuilds().Tell(new Own(), Search, Context());

        var warning = _warnings.ShouldHaveSingleItem();
        warning.ShouldStartWith("The search goes on with another build of workload own: ");
        warning.ShouldContain($"the trials before were trained by {Before}.");
        Known().Count.ShouldBe(2);
    }

    [Fact]
    public void The_products_own_workloads_are_those_of_its_version()
    {
        new WorkloadBuilds().Tell(WorkloadCatalog.Default.Find("function")!, Search, Context());

        _artifacts.OpenRead(ArtifactPaths.WorkloadBuilds(Search)).ShouldBeNull();
    }

    private WorkContext Context() => new(_artifacts, _ => { }, TimeProvider.System, CancellationToken.None, Warn: _warnings.Add);

    private List<string> Known()
    {
        using var reader = new StreamReader(_artifacts.OpenRead(ArtifactPaths.WorkloadBuilds(Search))!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    private sealed class Own : IComputedWorkload
    {
        public WorkloadDescriptor Descriptor { get; } = new("own", "Of a user.", NeedsData: false, [], ["value"]);

        public WorkOutcome Run(TrialAssignment assignment, Hyperparameters hyperparameters, WorkContext context) =>
            throw new NotSupportedException();
    }
}
