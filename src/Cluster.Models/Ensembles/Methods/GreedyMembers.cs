using System.Globalization;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Ensembles.Predictors;
using SearchCluster.Models.Ensembles.Scoring;

namespace SearchCluster.Models.Ensembles.Methods;

/// <summary>Chooses among the models of trials by the validation part.</summary>
/// <remarks>Predictions on the validation part are kept as artifacts, so a later selection needs no network.</remarks>
internal sealed class GreedyMembers(EnsembleSetup setup) : IMemberMaker
{
    // 2 GiB.
    private const long MostNumbers = 1L << 29;

    private readonly TrialModels _models = new(setup);

    public EnsembleMembers Make()
    {
        var (data, trials) = (setup.Data, setup.Assignment.Members);
        var numbers = (long)data.Validation.Rows * JointScores.CellsOf(data.Shape) * data.Shape.Outputs;
        if (numbers * trials.Count > MostNumbers)
        {
            throw new WorkloadConfigurationException($"The predictions of {trials.Count} trials on {data.Validation.Rows} validation rows of {data.Shape.Describe()} do not fit in memory; a pool of {Math.Max(2, MostNumbers / Math.Max(1, numbers))} would.");
        }

        var candidates = Candidates();
        if (candidates.Count == 0)
        {
            return new([], ValueMap<double>.Empty, "");
        }

        var counts = GreedySelection.Choose([.. candidates.Select(candidate => candidate.Predictions)], setup.Count, Loss(data.Validation));
        var members = new List<VotingMember>();
        foreach (var i in Enumerable.Range(0, counts.Length).Where(i => counts[i] > 0).OrderByDescending(i => counts[i]).ThenBy(i => i))
        {
            if (_models.Open(candidates[i].Trial) is { } network)
            {
                members.Add(TrialModels.Member(candidates[i].Trial, network, counts[i]));
            }
        }

        return new(members, ValueMap<double>.Empty, string.Create(CultureInfo.InvariantCulture, $"Members were selected greedily, with replacement, from {candidates.Count} trials in {setup.Count} rounds."));
    }

    private Func<double[,], double> Loss(DataPart part)
    {
        var (scores, rows) = (JointScores.Of(setup), new StoredRows(part, setup.Device).Read(0, part.Rows));
        return mixed =>
        {
            setup.Context.Heed();
            return scores.LossOf(mixed, rows);
        };
    }

    private List<(EnsembleMember Trial, double[,] Predictions)> Candidates()
    {
        var store = new PredictionStore(setup.Context.Artifacts, setup.Search, setup.Data.Validation);
        var candidates = new List<(EnsembleMember, double[,])>();
        foreach (var trial in setup.Assignment.Members)
        {
            setup.Context.Heed();
            if (Predict(store, trial) is { } predictions)
            {
                candidates.Add((trial, predictions));
            }
        }

        return candidates;
    }

    private double[,]? Predict(PredictionStore store, EnsembleMember trial)
    {
        var (data, validation) = (setup.Data, setup.Data.Validation);
        if (store.Read(trial.TrialId, validation.Rows * JointScores.CellsOf(data.Shape), data.Shape.Outputs) is { } kept)
        {
            return kept;
        }

        using var network = _models.Open(trial);
        if (network is null)
        {
            return null;
        }

        var predictions = network.PredictRows(validation);
        store.Write(trial.TrialId, predictions);
        return predictions;
    }
}
