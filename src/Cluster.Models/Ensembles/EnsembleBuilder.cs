using System.Globalization;
using System.Text.Json;
using SearchCluster.Contracts.Ensembles;
using SearchCluster.Contracts.Telemetry;
using SearchCluster.Models.Artifacts;
using SearchCluster.Models.Data;
using SearchCluster.Models.Ensembles.Members;
using SearchCluster.Models.Ensembles.Methods;
using SearchCluster.Models.Ensembles.Predictors;
using SearchCluster.Models.Ensembles.Scoring;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Training.Trials;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles;

/// <summary>Builds, evaluates and saves the ensemble of a search.</summary>
internal sealed class EnsembleBuilder(EnsembleSetup setup)
{
    private const long PredictionsAtOnce = 1 << 22;

    private readonly DataSet _data = setup.Data;

    private EnsembleAssignment Assignment => setup.Assignment;

    public EnsembleReport Build()
    {
        using var span = SearchClusterTelemetry.StartSpan(SpanNames.Ensemble, setup.TraceParent);
        var made = MemberMakers.For(setup).Make();
        if (made.Members.Count == 0)
        {
            throw new ArtifactException(ModelCodes.NoMembers, $"None of the {Assignment.Members.Count} members has a usable model, so there is no ensemble.");
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
            setup.Context.Warn?.Invoke($"The ensemble asks for {asked} members, but the search has {trials} finished trials with a saved model: {outcome}.");
        }
    }

    // The best trial whose model can be opened; where none can, the first member stands for it.
    private OpenedNetwork Single(EnsembleMembers made) =>
        Assignment.Members.Select(new TrialModels(setup).Open).FirstOrDefault(network => network is not null) is { } opened ? new(opened, IsOwned: true) : new(made.Members[0].Network, IsOwned: false);

    private EnsembleReport Evaluate(EnsembleMembers made, MemberNetwork best)
    {
        var (metrics, single, gains) = (made.Metrics, ValueMap<double>.Empty, ValueMap<Gain>.Empty);
        double[] weights = [.. made.Members.Select(member => member.Weight)];
        foreach (var (name, part) in Parts())
        {
            setup.Context.Cancellation.ThrowIfCancellationRequested();
            var chunks = part.Chunks(RowsOfChunk()).Select(chunk => ScoreBoth(chunk, made, best, Assignment.Ensemble.Combine, weights)).ToList();
            var (together, alone) = (RowScore.Concat([.. chunks.Select(chunk => chunk.Together)]), RowScore.Concat([.. chunks.Select(chunk => chunk.Alone)]));
            for (var i = 0; i < together.Length; i++)
            {
                var metric = $"{name}/{together[i].Name}";
                (metrics, single) = (metrics.With(metric, together[i].Mean), single.With(metric, alone[i].Mean));
                if (name == TrialMetrics.Test)
                {
                    gains = gains.With(metric, GainEstimate.Of(together[i], alone[i], SeedSequence.Stream(Assignment.Plan.SearchSeed, StreamPurpose.Bootstrap, -2 - i)));
                }
            }

            if (_data.Shape.Target == TargetKind.Mask)
            {
                // Of all pixels together, as trials measure it; no mean over images, so nothing that could be resampled.
                (metrics, single) = (metrics.With($"{name}/iou", UnionOf(chunks.Select(chunk => chunk.TogetherPixels))), single.With($"{name}/iou", UnionOf(chunks.Select(chunk => chunk.AlonePixels))));
            }
        }

        var sum = weights.Sum();
        return new(
            made.Members.Select(member => member.Trial).ToValueArray(),
            Assignment.Ensemble.Combine,
            metrics,
            single,
            ArtifactPaths.Ensemble(Assignment.Lease.SearchId),
            weights.All(weight => weight == weights[0]) ? null : weights.Select(weight => weight / sum).ToValueArray(),
            gains.Count == 0 ? null : gains);
    }

    // Predictions of masks are many times as large as the images.
    private int RowsOfChunk() => (int)Math.Max(1, PredictionsAtOnce / ((long)RowAnswers.CellsOf(_data.Shape) * _data.Shape.Outputs));

    private ChunkScore ScoreBoth(DataPart chunk, EnsembleMembers made, MemberNetwork best, EnsembleCombination combine, double[] weights)
    {
        setup.Context.Cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        var answers = RowAnswers.Of(chunk, _data);
        var (together, alone) = (Voting.Combine([.. made.Members.Select(member => member.Network.PredictRows(chunk))], combine, weights), best.PredictRows(chunk));
        return new(answers.Score(together), answers.Score(alone), answers.CountPixels(together), answers.CountPixels(alone));
    }

    private double UnionOf(IEnumerable<double[]> counts)
    {
        var sum = counts.Aggregate((all, some) => [.. all.Zip(some, (a, b) => a + b)]);
        var pixels = new ConfusionMatrix(sum, _data.Shape.Outputs);
        return pixels.Macro(pixels.IntersectionOverUnion);
    }

    private IEnumerable<(string Name, DataPart Part)> Parts()
    {
        yield return (TrialMetrics.Validation, _data.Validation);
        if (_data.Test is { } test)
        {
            yield return (TrialMetrics.Test, test);
        }
    }

    private void Save(EnsembleMembers made, EnsembleReport report)
    {
        foreach (var member in made.Members)
        {
            setup.Context.Artifacts.Write($"{report.Artifact}/{member.FileName}", member.Network.File.Write);
        }

        var manifest = new EnsembleManifest(
            EnsembleManifest.CurrentFormat,
            Assignment.Lease.SearchId.Value,
            report.Combine,
            [.. _data.Shape.Columns],
            [.. _data.Shape.ClassLabels],
            [.. made.Members.Select((member, i) => new EnsembleManifestMember(member.Trial.Number, member.FileName, member.Objective, report.Weights?[i]))],
            report.Metrics,
            report.BestSingle,
            Card(made),
            Assignment.Ensemble.Type,
            report.Gains);

        // The manifest comes last: a folder without one is no ensemble.
        setup.Context.Artifacts.Write($"{report.Artifact}/{EnsembleManifest.FileName}", stream => JsonSerializer.Serialize(stream, manifest, EnsembleJsonContext.Default.EnsembleManifest));
    }

    private string Card(EnsembleMembers made)
    {
        var combined = Assignment.Ensemble.Combine switch
        {
            EnsembleCombination.Vote => "hard vote",
            EnsembleCombination.Mean => "mean",
            _ => "soft vote (mean probability)",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Ensemble of {made.Members.Count} models of search '{Assignment.Lease.SearchId}' ({Assignment.Ensemble.Type}), combined by {combined}. {made.Note}
            Workload: {setup.Workload.Descriptor.Name}. Inputs: {_data.Shape.Describe()}, preprocessed as fitted on the training part.
            Trained on {_data.Train.Rows} rows; members chosen on {_data.Validation.Rows} validation rows, so validation figures are optimistic; {(_data.Test is null ? "no test rows were kept." : $"{_data.Test.Rows} test rows took no part in any choice.")}
            """);
    }

    /// <summary>Scores of some rows by the ensemble and by the best trial, and how often each true class was answered by each; empty where the rows have no pixels.</summary>
    private sealed record ChunkScore(RowScore[] Together, RowScore[] Alone, double[] TogetherPixels, double[] AlonePixels);

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
