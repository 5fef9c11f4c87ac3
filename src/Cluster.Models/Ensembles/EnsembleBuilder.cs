using System.Globalization;
using System.Text.Json;
using SearchCluster.Contracts.Telemetry;
using SearchCluster.Models.Artifacts;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Data;
using SearchCluster.Models.Execution;
using SearchCluster.Models.Training;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles;

/// <summary>Builds, evaluates and saves the ensemble of a search from its members' kept models.</summary>
/// <remarks>A member whose model is missing or damaged does not vote; the report names the members that do.</remarks>
internal sealed class EnsembleBuilder(INetworkWorkload workload, DataSet data, Device device, WorkContext context, string? traceParent)
{
    public EnsembleReport Build(EnsembleAssignment assignment)
    {
        using var span = SearchClusterTelemetry.StartSpan(SpanNames.Ensemble, traceParent);
        var search = assignment.Lease.SearchId;
        var members = assignment.Members.Select(member => (Member: member, Network: Open(search, member))).Where(entry => entry.Network is not null).ToList();
        if (members.Count == 0)
        {
            throw new ArtifactException("SC4120", $"None of the {assignment.Members.Count} members has a usable model, so there is no ensemble.");
        }

        span?.SetTag("members", members.Count);
        var metrics = ValueMap<double>.Empty;
        var single = ValueMap<double>.Empty;
        foreach (var (name, part) in Parts())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var targets = part.Targets.cpu().data<long>().ToArray();
            var outputs = members.Select(entry => Classify(entry.Network!, part)).ToList();
            metrics = With(metrics, EnsembleScores.Of(name, Voting.Combine(outputs, assignment.Ensemble.Combine), targets));
            single = With(single, EnsembleScores.Of(name, outputs[0], targets));
        }

        var folder = ArtifactPaths.Ensemble(search);
        var report = new EnsembleReport(members.Select(entry => entry.Member.TrialId).ToValueArray(), assignment.Ensemble.Combine, metrics, single, folder);
        Save(search, [.. members.Select(entry => (entry.Member, entry.Network!.File))], report);
        members.ForEach(entry => entry.Network!.Dispose());
        return report;
    }

    private IEnumerable<(string Name, DataPart Part)> Parts()
    {
        yield return (TrialMetrics.Validation, data.Validation);
        if (data.Test is { } test)
        {
            yield return (TrialMetrics.Test, test);
        }
    }

    private MemberNetwork? Open(SearchId search, EnsembleMember member)
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

    private static ValueMap<double> With(ValueMap<double> metrics, IEnumerable<KeyValuePair<string, double>> more) =>
        more.Aggregate(metrics, (all, entry) => all.With(entry.Key, entry.Value));

    private static float[,] Classify(MemberNetwork network, DataPart part)
    {
        using var scope = NewDisposeScope();
        return MemberNetwork.ToRows(network.Predict(part.Inputs));
    }

    private void Save(SearchId search, IReadOnlyList<(EnsembleMember Member, ModelFile File)> members, EnsembleReport report)
    {
        foreach (var (member, file) in members)
        {
            context.Artifacts.Write($"{report.Artifact}/{FileOf(member)}", file.Write);
        }

        var manifest = new EnsembleManifest(
            EnsembleManifest.CurrentFormat,
            search.Value,
            report.Combine,
            [.. data.Shape.Columns],
            [.. data.Shape.ClassLabels],
            [.. members.Select(entry => new EnsembleManifestMember(entry.Member.TrialId.Number, FileOf(entry.Member), entry.Member.Objective))],
            new(report.Metrics, StringComparer.Ordinal),
            new(report.BestSingle, StringComparer.Ordinal),
            Card(search, members.Count, report));

        // The manifest comes last: a folder without one is no ensemble.
        context.Artifacts.Write($"{report.Artifact}/{EnsembleManifest.FileName}", stream => JsonSerializer.Serialize(stream, manifest, ModelsJsonContext.Default.EnsembleManifest));
    }

    private static string FileOf(EnsembleMember member) => string.Create(CultureInfo.InvariantCulture, $"trial-{member.TrialId.Number:D4}.scm");

    private string Card(SearchId search, int members, EnsembleReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        Ensemble of the {members} best trials of search '{search}', combined by {(report.Combine == EnsembleCombination.Vote ? "hard vote" : "soft vote (mean probability)")}.
        Workload: {workload.Descriptor.Name}. Inputs: {data.Shape.Describe()}, preprocessed as fitted on the training part.
        Trained on {data.Train.Rows} rows; members chosen on {data.Validation.Rows} validation rows, so validation figures are optimistic; {(data.Test is null ? "no test rows were kept." : $"{data.Test.Rows} test rows took no part in any choice.")}
        """);
}
