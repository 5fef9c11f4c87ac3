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

    private string Metric => setup.Assignment.Plan.Objective.Metric is ['v', 'a', 'l', '/', .. var name] ? name : "loss";

    public EnsembleMembers Make()
    {
        var (data, trials) = (setup.Data, setup.Assignment.Members);
        var numbers = (long)data.Validation.Rows * JointScores.CellsOf(data.Shape) * data.Shape.Outputs;
        if (numbers * trials.Count > MostNumbers)
        {
            throw new WorkloadConfigurationException(
                $"The predictions of {Counted.Of(trials.Count, "trial")} on {Counted.Of(data.Validation.Rows, "validation row")} of "
                    + $"{data.Shape.Describe()} do not fit in memory; a pool of {Math.Max(2, MostNumbers / Math.Max(1, numbers))} would.");
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

        return new(
            members,
            ValueMap<double>.Empty,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Members were selected greedily, with replacement, from {Counted.Of(candidates.Count, "trial")} in at most "
                    + $"{Counted.Of(setup.Count, "round")} by "
                    + $"val/{Metric}.{(members.Count == 1 ? " No second model made it better." : "")}"));
    }

    /// <summary>What is minimised: the search's objective where it is a metric of the validation part, and among equals the loss.</summary>
    private Func<double[,], (double, double)> Loss(DataPart part)
    {
        var (scores, stored) = (JointScores.Of(setup), new StoredRows(part, setup.Device));
        var (all, objective) = (stored.Read(0, part.Rows), setup.Assignment.Plan.Objective);
        return mixed =>
        {
            setup.Context.Heed();
            var loss = scores.LossOf(mixed, all);
            if (Metric == "loss" || !scores.Of(part.Rows, (start, count) => Slice(mixed, start, count, part.Rows), stored.Read).Metrics
                .TryGetValue(Metric, out var value))
            {
                return (loss, loss);
            }

            return (objective.Direction == Direction.Minimize ? value : -value, loss);
        };
    }

    private static double[,] Slice(double[,] all, int start, int count, int rows)
    {
        var (cells, outputs) = (all.GetLength(0) / rows, all.GetLength(1));
        var some = new double[count * cells, outputs];
        Array.Copy(all, start * cells * outputs, some, 0, some.Length);
        return some;
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
        // What a model said is kept longer than the model may be, but one that is gone cannot vote.
        if (!_models.IsThere(trial))
        {
            return null;
        }

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
