using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Findings;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Reports;

/// <summary>How a search ended: the best trial or the Pareto front, the ensemble beside it, where the results
/// lie, and what to try next.</summary>
public static class ResultReport
{
    // More of a front than this is a table to look at on purpose.
    private const int FrontRows = 15;

    public static void Write(
        TextWriter output, SearchDetail detail, string? artifactFolder, SearchFindings findings, IReadOnlyList<string> warnings)
    {
        var counts = detail.Summary.Counts;
        output.WriteLine();
        var effort =
            $"{Format.Count(counts.Finished, "trial")}, {Format.Count(detail.Epochs, ResultLevel.UnitOf(detail))}, "
                + $"{Durations.Of(detail.DeviceTime)} of training";
        output.WriteLine($"{detail.SearchId}  {Words.Spaced(detail.Summary.State)}  in {Durations.Of(detail.ActiveTime)}: {effort}");
        if (detail.EndExplanation is { } explanation)
        {
            output.WriteLine($"  {SafeText.Of(explanation)}");
        }

        NarrowingText.Lines(detail).ToList().ForEach(line => output.WriteLine($"  {line}"));
        if (detail.Summary.Best is { } best)
        {
            output.WriteLine();
            WriteBest(output, best, detail);
        }

        if (findings.Pareto is { } pareto)
        {
            output.WriteLine();
            ParetoReport.Write(output, pareto, FrontRows);
        }

        if (findings.Repeats is { } repeats)
        {
            output.WriteLine();
            RepeatReport.Write(output, repeats, FrontRows, detail.Summary.Best?.TrialId);
        }

        if (detail.Ensemble is { } ensemble)
        {
            output.WriteLine();
            EnsembleText.Write(output, ensemble, detail.Summary.Objective.Direction);
        }
        else if (detail.EnsembleFailure is { } failure)
        {
            output.WriteLine();
            output.WriteLine($"ensemble     not built: {SafeText.Of(failure.Message)}");
        }

        FailureText.Write(output, detail);
        WarningText.Write(output, warnings);
        output.WriteLine();
        WriteNext(output, detail, artifactFolder, findings.Data);
    }

    private static void WriteBest(TextWriter output, TrialView best, SearchDetail detail)
    {
        var objective = detail.Summary.Objective;
        var value = best.Objective is { } number ? Format.Number(number) : "-";
        var epoch = best.Result is { } result ? $"  ({ResultLevel.Of(result, objective, ResultLevel.UnitOf(detail))})" : string.Empty;
        output.WriteLine($"best trial   {best.TrialId}  {SafeText.Of(objective.Metric)} {value}{epoch}");
        if (SeedText.OfBest(best) is { } seeds)
        {
            output.WriteLine($"             {seeds}");
        }

        if (ResultLevel.Cut(best, ResultLevel.UnitOf(detail)) is { } cut)
        {
            output.WriteLine($"             {cut}, because the search ended: its value is that of a part of its training");
        }

        foreach (var (name, parameter) in best.Values.Entries)
        {
            output.WriteLine($"  {SafeText.Of(name),-14} {Format.Value(parameter)}");
        }
    }

    private static void WriteNext(TextWriter output, SearchDetail detail, string? artifactFolder, DataSpec? trainedOn)
    {
        var name = detail.SearchId;
        if (artifactFolder is not null)
        {
            output.WriteLine($"results      {Path.Combine(artifactFolder, ArtifactPaths.Search(name))}");
        }

        if (detail.Data is { } data)
        {
            output.WriteLine($"data         {data}");
        }

        NextSteps.Write(output, NextSteps.Of(detail, trainedOn));
    }
}
