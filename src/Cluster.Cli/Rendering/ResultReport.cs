using SearchCluster.Cli.Output;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Rendering;

/// <summary>How a search ended: the best trial or the Pareto front, the ensemble beside it, where the results lie, and what to try next.</summary>
internal static class ResultReport
{
    // Metrics for which more is better; all others (losses, errors) are better when small.
    private static readonly string[] MoreIsBetter = ["accuracy", "auc", "f1", "r2"];

    // More of a front than this is a table to look at on purpose.
    private const int FrontRows = 15;

    public static void Write(TextWriter output, SearchDetail detail, string? artifactFolder, SearchFindings findings)
    {
        var counts = detail.Summary.Counts;
        output.WriteLine();
        var effort = $"{Format.Count(counts.Finished, "trial")}, {detail.Epochs} epochs, {Format.Duration(detail.DeviceTime)} of training";
        output.WriteLine($"{detail.SearchId}  {Words.Spaced(detail.Summary.State)}  in {Format.Duration(detail.ActiveTime)}: {effort}");
        if (detail.EndExplanation is { } explanation)
        {
            output.WriteLine($"  {SafeText.Of(explanation)}");
        }

        NarrowingText.Lines(detail).ToList().ForEach(line => output.WriteLine($"  {line}"));
        if (detail.Summary.Best is { } best)
        {
            output.WriteLine();
            WriteBest(output, best, detail.Summary.Objective);
        }

        if (findings.Pareto is { } pareto)
        {
            output.WriteLine();
            ParetoReport.Write(output, pareto, FrontRows);
        }

        if (findings.Repeats is { } repeats)
        {
            output.WriteLine();
            RepeatReport.Write(output, repeats, FrontRows);
        }

        if (detail.Ensemble is { } ensemble)
        {
            output.WriteLine();
            WriteEnsemble(output, ensemble);
        }
        else if (detail.EnsembleFailure is { } failure)
        {
            output.WriteLine();
            output.WriteLine($"ensemble     not built: {SafeText.Of(failure.Message)}");
        }

        output.WriteLine();
        WriteNext(output, detail, artifactFolder);
    }

    private static void WriteBest(TextWriter output, TrialView best, ObjectiveSpec objective)
    {
        var value = best.Objective is { } number ? Format.Number(number) : "-";
        var epoch = best.Result is { } result ? $"  (epoch {result.BestResource} of {result.LastResource})" : string.Empty;
        output.WriteLine($"best trial   {best.TrialId}  {SafeText.Of(objective.Metric)} {value}{epoch}");
        foreach (var (name, parameter) in best.Values.Entries)
        {
            output.WriteLine($"  {SafeText.Of(name),-14} {Format.Value(parameter)}");
        }
    }

    private static void WriteEnsemble(TextWriter output, EnsembleReport ensemble)
    {
        output.WriteLine($"ensemble     {Format.Count(ensemble.Members.Count, "member")}: {string.Join(' ', ensemble.Members)}");
        output.WriteLine($"  {"",-16}{"best single",12}{"ensemble",12}");
        var verdicts = new List<string>();
        foreach (var (metric, value) in ensemble.Metrics.OrderBy(m => m.Key.StartsWith("test/", StringComparison.Ordinal) ? 0 : 1).ThenBy(m => m.Key, StringComparer.Ordinal))
        {
            var known = ensemble.BestSingle.TryGetValue(metric, out var single);
            output.WriteLine($"  {SafeText.Of(metric),-16}{(known ? Format.Number(single) : "-"),12}{Format.Number(value),12}");
            if (known && metric.StartsWith("test/", StringComparison.Ordinal))
            {
                verdicts.Add(Verdict(metric, single, value));
            }
        }

        verdicts.ForEach(verdict => output.WriteLine($"  {verdict}"));
    }

    /// <summary>Says plainly whether the ensemble is better than its best member.</summary>
    public static string Verdict(string metric, double single, double ensemble)
    {
        var gain = MoreIsBetter.Any(word => metric.EndsWith(word, StringComparison.Ordinal)) ? ensemble - single : single - ensemble;
        return gain switch
        {
            > 0 => $"{SafeText.Of(metric)}: the ensemble is better than the best single trial by {Format.Number(gain)}.",
            0 => $"{SafeText.Of(metric)}: the ensemble is as good as the best single trial, not better.",
            < 0 => $"{SafeText.Of(metric)}: the ensemble is worse than the best single trial by {Format.Number(-gain)}; the single trial is the better choice by this measure.",
            _ => $"{SafeText.Of(metric)}: the two cannot be compared, because one of the numbers is not finite.",
        };
    }

    private static void WriteNext(TextWriter output, SearchDetail detail, string? artifactFolder)
    {
        var name = detail.SearchId;
        if (artifactFolder is not null)
        {
            output.WriteLine($"results      {Path.Combine(artifactFolder, ArtifactPaths.Search(name))}");
        }

        output.WriteLine($"next         searchcluster trials {name} --top 10");
        output.WriteLine($"             searchcluster best {name} -o params.json");
        if (detail.Ensemble is not null)
        {
            output.WriteLine($"             searchcluster predict {name} INPUT.csv");
        }

        output.WriteLine($"             searchcluster trace {name}");
        output.WriteLine($"             searchcluster resume {name} --trials +20");
    }
}
