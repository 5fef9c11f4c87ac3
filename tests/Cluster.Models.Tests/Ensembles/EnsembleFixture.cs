using SearchCluster.Artifacts;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Execution;
using SearchCluster.Models.Native;

namespace SearchCluster.Models.Tests.Ensembles;

/// <summary>Small trials on the digits in a folder of their own, and ensembles of them.</summary>
public abstract class EnsembleFixture : IDisposable
{
    protected EnsembleFixture()
    {
        TorchRuntime.Initialize();
        _store = new(new FolderArtifactStore(_root));
    }

    private protected readonly string _root = Directory.CreateTempSubdirectory("searchcluster-models-").FullName;

    private protected readonly StoredArtifacts _store;

    private protected WorkContext Context => new(_store, _ => { }, TimeProvider.System, CancellationToken.None);

    public void Dispose()
    {
        Directory.Delete(_root, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected TrialResult[] Train(int count) => [.. Enumerable.Range(0, count)
        .Select(trial => new WorkExecutor().Run(Trials.Assignment(Trials.Sane(epochs: 5), trial: trial, seed: (ulong)trial), Context))
        .Select(outcome => outcome.ShouldBeOfType<AttemptCompleted>().Result)];

    private protected WorkOutcome Build(
        int members, string type = "top-k", int? candidates = null, EnsembleCombination combine = EnsembleCombination.MeanProbability) =>
        new WorkExecutor().Run(Assignment(members, type, candidates ?? members, combine), Context);

    private protected static MemberAssignment Member(EnsembleAssignment assignment, int number) =>
        new(assignment.Lease with { Item = WorkItem.Member(number) }, assignment.Ensemble, assignment.Members, assignment.Plan);

    private protected static EnsembleAssignment Assignment(
        int members, string type, int candidates, EnsembleCombination combine = EnsembleCombination.MeanProbability) => new(
            new LeaseKey(Trials.Search, WorkItem.Ensemble, 1, 1),
            new EnsembleSpec(type, members, combine),
            Enumerable.Range(0, candidates)
                .Select(trial => new EnsembleMember(new TrialId(trial), Trials.Sane(epochs: 5), trial))
                .ToValueArray(),
            Trials.Plan());
}
