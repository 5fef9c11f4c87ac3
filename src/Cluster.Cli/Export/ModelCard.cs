using System.Globalization;
using System.Text;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Insight.Wording;
using SearchCluster.Models.Ensembles;
using SearchCluster.Models.ModelFiles;
using SearchCluster.Models.Workloads;

namespace SearchCluster.Cli.Export;

/// <summary>Tells in Markdown what an exported model is, how good it is, and how it is loaded.</summary>
internal static class ModelCard
{
    public static string OfModel(ExportedWeights model)
    {
        var text = new StringBuilder();
        text.Append(Invariant($"# Model of workload {Escape(model.Workload)}\n\n{Task(model)}\n\n"));
        Table(text, "metric", model.Metrics.Select(metric => (metric.Key, Format.Number(metric.Value))));
        Table(text, "parameter", Parameters(model));
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
        Table(text, "parameters", members.Select(member => (
            $"{member.Name}.scm", string.Join(", ", Parameters(member.Weights).Select(entry => $"{entry.Name} {entry.Value}")))));
        ModelLoading.Append(text, "EnsembleModel", ".", first.Name + ".safetensors", first.Weights);
        return text.ToString();
    }

    // An autoencoder answers with its input; labels that its data have are not read.
    private static string Task(ExportedWeights model) => BuiltinWorkloads.All.Any(
        workload => workload.Name == model.Workload && workload.IgnoresAnswer)
        ? $"Inputs: {Escape(model.Shape.DescribeInput())}; the answer is the input as the network rebuilds it."
        : $"Inputs and answers: {Escape(model.Shape.Describe())}.";

    // Who builds the network anew needs also what nobody chose.
    private static IEnumerable<(string Name, string Value)> Parameters(ExportedWeights model)
    {
        var given = model.Fixed.Entries.Concat(model.Values.Entries).ToList();
        var names = given.Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);
        var defaults = WorkloadCatalog.Default.Find(model.Workload)?.Descriptor.Hyperparameters ?? [];
        return given.Select(entry => (entry.Key, Format.Value(entry.Value)))
            .Concat(defaults
                .Where(known => known.Default is not null && !names.Contains(known.Name))
                .Select(known => (known.Name, $"{Format.Value(known.Default!.Value)} (default)")));
    }

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
