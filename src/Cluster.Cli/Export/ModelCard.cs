using System.Globalization;
using System.Text;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Insight.Wording;
using SearchCluster.Models.Ensembles;
using SearchCluster.Models.ModelFiles;

namespace SearchCluster.Cli.Export;

/// <summary>Tells in Markdown what an exported model is, how good it is, and how it is loaded.</summary>
internal static class ModelCard
{
    public static string OfModel(ExportedWeights model)
    {
        var text = new StringBuilder();
        text.Append(Invariant($"# Model of workload {Escape(model.Workload)}\n\n{Task(model)}\n\n"));
        Table(text, "metric", model.Metrics.Select(metric => (metric.Key, Format.Number(metric.Value))));
        Table(text, "parameter", model.Fixed.Entries.Concat(model.Values.Entries).Select(entry => (entry.Key, Format.Value(entry.Value))));
        ModelLoading.Append(text, "TrainedModel", "model.scm", "model.safetensors", model);
        return text.ToString();
    }

    public static string OfEnsemble(EnsembleManifest manifest, IReadOnlyList<(string Name, ExportedWeights Weights)> members)
    {
        var (text, first) = (new StringBuilder(), members[0]);
        text.Append(Invariant(
            $"# Ensemble of search {manifest.Search}\n\n{SafeText.OfLines(manifest.Card).Trim()}\n\n{Task(first.Weights)}\n\n"));
        Table(text, "metric", manifest.Metrics.Select(metric => (metric.Key, Format.Number(metric.Value))));
        Table(text, "member", manifest.Members.Select(
            member => (member.File, member.Weight is { } weight ? Invariant($"weight {weight:0.####}") : "equal weight")));
        ModelLoading.Append(text, "EnsembleModel", ".", first.Name + ".safetensors", first.Weights);
        return text.ToString();
    }

    // An autoencoder answers with its input; labels that its data have are not read.
    private static string Task(ExportedWeights model) => BuiltinWorkloads.All.Any(
        workload => workload.Name == model.Workload && workload.IgnoresAnswer)
        ? $"Inputs: {Escape(model.Shape.DescribeInput())}; the answer is the input as the network rebuilds it."
        : $"Inputs and answers: {Escape(model.Shape.Describe())}.";

    private static void Table(StringBuilder text, string name, IEnumerable<(string Name, string Value)> rows)
    {
        text.Append(Invariant($"| {name} | value |\n| --- | --- |\n"));
        foreach (var (key, value) in rows)
        {
            text.Append(Invariant($"| {Escape(key)} | {Escape(value)} |\n"));
        }

        text.Append('\n');
    }

    private static string Escape(string text) => SafeText.Of(text).Replace("|", "\\|", StringComparison.Ordinal);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
