using System.Globalization;
using System.Text.Json;
using SearchCluster.Contracts.Telemetry;
using SearchCluster.Models.Artifacts;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Data;
using SearchCluster.Models.Execution;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Training;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles;

/// <summary>Builds, evaluates and saves the ensemble of a search.</summary>
internal sealed class EnsembleBuilder(INetworkWorkload workload, DataSet data, Device device, WorkContext context, string? traceParent)
{
    private const long PredictionsAtOnce = 1 << 22;

    public EnsembleReport Build(EnsembleAssignment assignment)
    {
        using var span = SearchClusterTelemetry.StartSpan(SpanNames.Ensemble, traceParent);
        var trials = new TrialMembers(workload, data, device, context, assignment.Lease.SearchId);
        var made = Make(assignment, trials);
        if (made.Members.Count == 0)
        {
            throw new ArtifactException("SC4120", $"None of the {assignment.Members.Count} members has a usable model, so there is no ensemble.");
        }

        span?.SetTag("members", made.Members.Count);
        using var single = Single(assignment, trials, made);
        var report = Evaluate(assignment, made, single.Network);
        Save(assignment, made, report);
        made.Members.ToList().ForEach(member => member.Network.Dispose());
        return report;
    }

    private EnsembleMembers Make(EnsembleAssignment assignment, TrialMembers trials)
    {
        var ensemble = assignment.Ensemble;
        switch (ensemble.Type)
        {
            case "greedy":
                return trials.Greedy(assignment.Members, ensemble.Members);
            case "bagging":
                return new TrainedMembers(workload, data, device, context, assignment).Bagging();
            case "adaboost":
                return new TrainedMembers(workload, data, device, context, assignment).AdaBoost();
            case "folds":
                return new TrainedMembers(workload, data, device, context, assignment).Folds();
            default:
                return trials.Best(assignment.Members.Take(ensemble.Members));
        }
    }

    // The best trial whose model can be opened; where none can, the first member stands for it.
    private static OpenedNetwork Single(EnsembleAssignment assignment, TrialMembers trials, EnsembleMembers made) =>
        assignment.Members.Select(trials.Open).FirstOrDefault(network => network is not null) is { } opened ? new(opened, IsOwned: true) : new(made.Members[0].Network, IsOwned: false);

    private EnsembleReport Evaluate(EnsembleAssignment assignment, EnsembleMembers made, MemberNetwork best)
    {
        var (metrics, single, gains) = (made.Metrics, ValueMap<double>.Empty, ValueMap<Gain>.Empty);
        double[] weights = [.. made.Members.Select(member => member.Weight)];
        foreach (var (name, part) in Parts())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var chunks = part.Chunks(RowsOfChunk()).Select(chunk => ScoreBoth(chunk, made, best, assignment.Ensemble.Combine, weights)).ToList();
            var (together, alone) = (RowScore.Concat([.. chunks.Select(chunk => chunk.Together)]), RowScore.Concat([.. chunks.Select(chunk => chunk.Alone)]));
            for (var i = 0; i < together.Length; i++)
            {
                var metric = $"{name}/{together[i].Name}";
                (metrics, single) = (metrics.With(metric, together[i].Mean), single.With(metric, alone[i].Mean));
                if (name == TrialMetrics.Test)
                {
                    gains = gains.With(metric, GainEstimate.Of(together[i], alone[i], SeedSequence.Stream(assignment.Plan.SearchSeed, StreamPurpose.Bootstrap, -2 - i)));
                }
            }

            if (data.Shape.Target == TargetKind.Mask)
            {
                // Of all pixels together, as trials measure it; no mean over images, so nothing that could be resampled.
                (metrics, single) = (metrics.With($"{name}/iou", UnionOf(chunks.Select(chunk => chunk.TogetherPixels))), single.With($"{name}/iou", UnionOf(chunks.Select(chunk => chunk.AlonePixels))));
            }
        }

        var sum = weights.Sum();
        return new(
            made.Members.Select(member => member.Trial).ToValueArray(),
            assignment.Ensemble.Combine,
            metrics,
            single,
            ArtifactPaths.Ensemble(assignment.Lease.SearchId),
            weights.All(weight => weight == weights[0]) ? null : weights.Select(weight => weight / sum).ToValueArray(),
            gains.Count == 0 ? null : gains);
    }

    // Predictions of masks are many times as large as the images.
    private int RowsOfChunk() => (int)Math.Max(1, PredictionsAtOnce / ((long)Answers.CellsOf(data.Shape) * data.Shape.Outputs));

    private ChunkScore ScoreBoth(DataPart chunk, EnsembleMembers made, MemberNetwork best, EnsembleCombination combine, double[] weights)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        var answers = Answers.Of(chunk, data);
        var (together, alone) = (Voting.Combine([.. made.Members.Select(member => member.Network.PredictRows(chunk))], combine, weights), best.PredictRows(chunk));
        return new(answers.Score(together), answers.Score(alone), answers.CountPixels(together), answers.CountPixels(alone));
    }

    private double UnionOf(IEnumerable<double[]> counts)
    {
        var sum = counts.Aggregate((all, some) => [.. all.Zip(some, (a, b) => a + b)]);
        var pixels = new ConfusionMatrix(sum, data.Shape.Outputs);
        return pixels.Macro(pixels.IntersectionOverUnion);
    }

    private IEnumerable<(string Name, DataPart Part)> Parts()
    {
        yield return (TrialMetrics.Validation, data.Validation);
        if (data.Test is { } test)
        {
            yield return (TrialMetrics.Test, test);
        }
    }

    private void Save(EnsembleAssignment assignment, EnsembleMembers made, EnsembleReport report)
    {
        foreach (var member in made.Members)
        {
            context.Artifacts.Write($"{report.Artifact}/{member.FileName}", member.Network.File.Write);
        }

        var manifest = new EnsembleManifest(
            EnsembleManifest.CurrentFormat,
            assignment.Lease.SearchId.Value,
            report.Combine,
            [.. data.Shape.Columns],
            [.. data.Shape.ClassLabels],
            [.. made.Members.Select((member, i) => new EnsembleManifestMember(member.Trial.Number, member.FileName, member.Objective, report.Weights?[i]))],
            report.Metrics,
            report.BestSingle,
            Card(assignment, made),
            assignment.Ensemble.Type,
            report.Gains);

        // The manifest comes last: a folder without one is no ensemble.
        context.Artifacts.Write($"{report.Artifact}/{EnsembleManifest.FileName}", stream => JsonSerializer.Serialize(stream, manifest, ModelsJsonContext.Default.EnsembleManifest));
    }

    private string Card(EnsembleAssignment assignment, EnsembleMembers made)
    {
        var combined = assignment.Ensemble.Combine switch
        {
            EnsembleCombination.Vote => "hard vote",
            EnsembleCombination.Mean => "mean",
            _ => "soft vote (mean probability)",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Ensemble of {made.Members.Count} models of search '{assignment.Lease.SearchId}' ({assignment.Ensemble.Type}), combined by {combined}. {made.Note}
            Workload: {workload.Descriptor.Name}. Inputs: {data.Shape.Describe()}, preprocessed as fitted on the training part.
            Trained on {data.Train.Rows} rows; members chosen on {data.Validation.Rows} validation rows, so validation figures are optimistic; {(data.Test is null ? "no test rows were kept." : $"{data.Test.Rows} test rows took no part in any choice.")}
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
