using System.Globalization;
using SearchCluster.Models.Artifacts;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Data;
using SearchCluster.Models.Execution;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles;

/// <summary>Members that are models of trials as they were kept: the best, or a greedy selection.</summary>
/// <remarks>A trial whose model is missing or damaged does not vote; predictions on the validation part are kept as artifacts, so a later selection needs no network.</remarks>
internal sealed class TrialMembers(INetworkWorkload workload, DataSet data, Device device, WorkContext context, SearchId search)
{
    // 2 GiB.
    private const long MostNumbers = 1L << 29;

    /// <summary>Opens the models of the best trials.</summary>
    public EnsembleMembers Best(IEnumerable<EnsembleMember> trials)
    {
        var members = trials.Select(trial => (Trial: trial, Network: Open(trial))).Where(entry => entry.Network is not null)
            .Select(entry => new VotingMember(entry.Trial.TrialId, entry.Trial.Objective, FileOf(entry.Trial.TrialId), entry.Network!, 1)).ToList();
        return new(members, ValueMap<double>.Empty, "Members are the best trials of the search.");
    }

    /// <summary>Selects greedily by the validation part.</summary>
    /// <param name="trials">Candidates, best first.</param>
    /// <param name="rounds">How many choices.</param>
    public EnsembleMembers Greedy(IReadOnlyList<EnsembleMember> trials, int rounds)
    {
        var answers = Answers.Of(data.Validation, data);
        var store = new PredictionStore(context.Artifacts, search, data.Validation);
        var candidates = new List<(EnsembleMember Trial, double[,] Predictions)>();
        var numbers = (long)data.Validation.Rows * answers.Cells * data.Shape.Outputs;
        if (numbers * trials.Count > MostNumbers)
        {
            throw new WorkloadConfigurationException($"The predictions of {trials.Count} trials on {data.Validation.Rows} validation rows of {data.Shape.Describe()} do not fit in memory; a pool of {Math.Max(2, MostNumbers / Math.Max(1, numbers))} would.");
        }

        foreach (var trial in trials)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (Predict(store, trial) is { } predictions)
            {
                candidates.Add((trial, predictions));
            }
        }

        if (candidates.Count == 0)
        {
            return new([], ValueMap<double>.Empty, "");
        }

        var counts = GreedySelection.Choose([.. candidates.Select(candidate => candidate.Predictions)], rounds, mixed => answers.Score(mixed)[0].Mean);
        var members = new List<VotingMember>();
        foreach (var i in Enumerable.Range(0, counts.Length).Where(i => counts[i] > 0).OrderByDescending(i => counts[i]).ThenBy(i => i))
        {
            if (Open(candidates[i].Trial) is { } network)
            {
                members.Add(new(candidates[i].Trial.TrialId, candidates[i].Trial.Objective, FileOf(candidates[i].Trial.TrialId), network, counts[i]));
            }
        }

        return new(members, ValueMap<double>.Empty, string.Create(CultureInfo.InvariantCulture, $"Members were selected greedily, with replacement, from {candidates.Count} trials in {rounds} rounds."));
    }

    /// <summary>Opens the model of a trial; null, with a warning, when it cannot be used.</summary>
    public MemberNetwork? Open(EnsembleMember member)
    {
        var path = ArtifactPaths.Model(search, member.TrialId);
        try
        {
            using var stream = context.Artifacts.OpenRead(path);
            if (stream is null)
            {
                context.Warn?.Invoke($"Trial {member.TrialId} does not vote: its model {path} is missing.");
                return null;
            }

            return MemberNetwork.Open(ModelFile.Read(stream), workload, device);
        }
        catch (Exception damaged) when (damaged is ArtifactException or IOException)
        {
            context.Warn?.Invoke($"Trial {member.TrialId} does not vote: {damaged.Message}");
            return null;
        }
    }

    private double[,]? Predict(PredictionStore store, EnsembleMember trial)
    {
        if (store.Read(trial.TrialId, data.Validation.Rows * Answers.CellsOf(data.Shape), data.Shape.Outputs) is { } kept)
        {
            return kept;
        }

        using var network = Open(trial);
        if (network is null)
        {
            return null;
        }

        var predictions = network.PredictRows(data.Validation);
        store.Write(trial.TrialId, predictions);
        return predictions;
    }

    private static string FileOf(TrialId trial) => string.Create(CultureInfo.InvariantCulture, $"trial-{trial.Number:D4}.scm");
}
