using System.Globalization;
using System.Text.Json;
using SearchCluster.Artifacts;
using SearchCluster.Contracts.Ensembles;
using SearchCluster.Contracts.Telemetry;
using SearchCluster.Models.Data;
using SearchCluster.Models.Ensembles.Members;
using SearchCluster.Models.Ensembles.Methods;
using SearchCluster.Models.Ensembles.Predictors;
using SearchCluster.Models.Ensembles.Scoring;
using SearchCluster.Models.ModelFiles;
using SearchCluster.Models.Training.Trials;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles;

/// <summary>Builds, evaluates and saves the ensemble of a search.</summary>
internal sealed class EnsembleBuilder(EnsembleSetup setup)
{
    private readonly DataSet _data = setup.Data;

    private EnsembleAssignment Assignment => setup.Assignment;

    public EnsembleReport Build()
    {
        using var span = SearchClusterTelemetry.StartSpan(SpanNames.Ensemble, setup.TraceParent);
        var made = MemberMakers.For(setup).Make();
        if (made.Members.Count == 0)
        {
            throw new ArtifactException(
                ModelCodes.NoMembers,
                $"{(Assignment.Members.Count == 1 ? "The one member has no" : $"None of the {Assignment.Members.Count} members has a")} "
                    + $"usable model, so there is no ensemble.");
        }

        TellOfFewer();
        span?.SetTag("members", made.Members.Count);
        using var single = Single(made);
        var report = Evaluate(made, single.Network);
        Save(made, report);
        made.Members.ToList().ForEach(member => member.Network.Dispose());
        return report;
    }

    private void TellOfFewer()
    {
        var (asked, trials) = (setup.Count, Assignment.Members.Count);
        if (trials < asked && EnsembleMethods.Of(Assignment.Ensemble).WithFewer(trials) is { } outcome)
        {
            setup.Context.Warn?.Invoke(
                $"The ensemble asks for {asked} members, but the search has {trials} finished trials with a saved model: {outcome}.");
        }
    }

    // The best trial whose model can be opened; where none can, the first member stands for it.
    private OpenedNetwork Single(EnsembleMembers made) =>
        Assignment.Members.Select(new TrialModels(setup).Open).FirstOrDefault(network => network is not null) is { } opened
            ? new(opened, IsOwned: true)
            : new(made.Members[0].Network, IsOwned: false);

    private EnsembleReport Evaluate(EnsembleMembers made, MemberNetwork best)
    {
        var (metrics, single, gains) = (made.Metrics, ValueMap<double>.Empty, ValueMap<Gain>.Empty);
        double[] weights = [.. made.Members.Select(member => member.Weight)];
        var joint = JointScores.Of(setup);
        foreach (var (name, part) in HonestFigures.Parts(EnsembleMethods.Of(Assignment.Ensemble), _data))
        {
            var rows = new StoredRows(part, setup.Device);
            var (sums, sumsAlone) = name == TrialMetrics.Test ? (new RowSums(rows.Count), new RowSums(rows.Count)) : (null, null);
            var together = joint.Of(rows.Count, (start, count) => Combine(made, weights, part, start, count), rows.Read, sums);
            var alone = best.Score(rows.Count, byRow: true, rows.Read, sumsAlone).WithRowMetrics();
            (metrics, single) = (Add(metrics, name, together.Metrics), Add(single, name, alone.Metrics));
            gains = sums is null ? gains : Gains((sums, together), (sumsAlone!, alone));
        }

        var sum = weights.Sum();
        return new(
            made.Members.Select(member => member.Trial).ToValueArray(),
            Assignment.Ensemble.Combine,
            metrics,
            single,
            ArtifactPaths.Ensemble(Assignment.Lease.SearchId),
            weights.All(weight => weight == weights[0]) ? null : weights.Select(weight => weight / sum).ToValueArray(),
            gains.Count == 0 ? null : gains,
            _data.Test?.Rows);
    }

    private static ValueMap<double> Add(ValueMap<double> metrics, string part, ValueMap<double> more) =>
        more.Aggregate(metrics, (all, metric) => all.With($"{part}/{metric.Key}", metric.Value));

    private ValueMap<Gain> Gains((RowSums Sums, PartScores Scores) together, (RowSums Sums, PartScores Scores) alone)
    {
        // What the ensemble's task does not measure, such as a loss that it cannot tell, it has no gain in.
        var gains = GainEstimate.Of(together.Sums, alone.Sums, Stream(0), setup.Context.Heed)
            .Where(gain => together.Scores.Metrics.ContainsKey(gain.Key))
            .ToDictionary();
        foreach (var (score, i) in together.Scores.Rows
            .Select((score, i) => (score, i))
            .Where(row => !together.Sums.Metrics.Any(metric => metric.Name == row.score.Metric)))
        {
            if (alone.Scores.Rows.FirstOrDefault(other => other.Metric == score.Metric) is { } other
                && GainEstimate.Of(score, other, Stream(i + 1)) is { } gain)
            {
                gains[score.Metric] = gain;
            }
        }

        return new(gains.Select(gain => KeyValuePair.Create($"{TrialMetrics.Test}/{gain.Key}", gain.Value)));

        RandomStream Stream(int number) => SeedSequence.Stream(Assignment.Plan.SearchSeed, StreamPurpose.Bootstrap, -2 - number);
    }

    private double[,] Combine(EnsembleMembers made, double[] weights, DataPart part, int start, int count)
    {
        setup.Context.Heed();
        using var scope = NewDisposeScope();
        var inputs = part.Inputs.narrow(0, start, count);
        return Voting.Combine(
            [.. made.Members.Select(member => MemberNetwork.ToRows(member.Network.Predict(inputs)))], Assignment.Ensemble.Combine, weights);
    }

    private void Save(EnsembleMembers made, EnsembleReport report)
    {
        foreach (var member in made.Members)
        {
            setup.Context.Artifacts.Write($"{report.Artifact}/{member.FileName}", member.Network.File.Write);
        }

        var manifest = new EnsembleManifest
        {
            Format = EnsembleManifest.CurrentFormat,
            Search = Assignment.Lease.SearchId.Value,
            Combine = report.Combine,
            Columns = [.. _data.Shape.Columns],
            ClassLabels = [.. _data.Shape.ClassLabels],
            Members =
            [
                .. made.Members.Select((member, i) =>
                    new EnsembleManifestMember(member.Trial.Number, member.FileName, member.Objective, report.Weights?[i])),
            ],
            Metrics = report.Metrics,
            BestSingle = report.BestSingle,
            Card = Card(made),
            Type = Assignment.Ensemble.Type,
            Gains = report.Gains,
            TestRows = report.TestRows,
        };

        // The manifest comes last: a folder without one is no ensemble.
        setup.Context.Artifacts.Write(
            $"{report.Artifact}/{EnsembleManifest.FileName}",
            stream => JsonSeal.Write(stream, JsonSerializer.SerializeToUtf8Bytes(manifest, EnsembleJsonContext.Default.EnsembleManifest)));
    }

    private string Card(EnsembleMembers made)
    {
        var combined = Assignment.Ensemble.Combine switch
        {
            EnsembleCombination.Vote => "hard vote",
            EnsembleCombination.Mean => "mean",
            _ => "soft vote (mean probability)",
        };
        var test = _data.Test is null
            ? "no test rows were kept"
            : string.Create(CultureInfo.InvariantCulture, $"{_data.Test.Rows} test rows took no part in any choice");
        var rows = EnsembleMethods.Find(Assignment.Ensemble.Type) is { LearnsFromValidation: true }
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Trained on {_data.Train.Rows + _data.Validation.Rows} rows in all, each member on those of all folds but one")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Trained on {_data.Train.Rows} rows; members chosen on {_data.Validation.Rows} validation rows, "
                    + $"so validation figures are optimistic");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Ensemble of {Counted.Of(made.Members.Count, "model")} of search '{Assignment.Lease.SearchId}' ({Assignment.Ensemble.Type}), "
                + $"combined by {combined}. {made.Note}\n"
                + $"Workload: {setup.Workload.Descriptor.Name}. Inputs: {_data.Shape.Describe()}, "
                + $"preprocessed as fitted on the training part.\n"
                + $"{rows}; {test}.");
    }

    private sealed record OpenedNetwork(MemberNetwork Network, bool IsOwned) : IDisposable
    {
        public void Dispose()
        {
            if (IsOwned)
            {
                Network.Dispose();
            }
        }
    }
}
