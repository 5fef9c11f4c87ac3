using System.Globalization;

namespace SearchCluster.Specs.Explaining;

/// <summary>Writes an explanation as lines of text.</summary>
internal static class SpecExplanationText
{
    /// <summary>Writes the lines.</summary>
    /// <param name="explanation">What to write.</param>
    /// <returns>Lines without their breaks.</returns>
    public static IReadOnlyList<string> Lines(SpecExplanation explanation)
    {
        var trials = explanation.TrialCount?.ToString("#,0", CultureInfo.InvariantCulture) ?? "unlimited";
        var lines = new List<string>
        {
            $"{explanation.Name}: {trials} trials, {explanation.Parameters.Count} parameters ({explanation.ConditionalCount} conditional)",
        };
        Add(lines, "description", explanation.Description);
        Add(lines, "trials", $"{trials} ({explanation.TrialCountReason})");
        Add(lines, "workload", $"{explanation.Workload}: {explanation.WorkloadDescription}");
        Add(lines, "data", explanation.Data);
        Add(lines, "objective", explanation.Objectives is { } objectives ? string.Join("; ", objectives) : explanation.Objective);
        Add(lines, "algorithm", $"{explanation.Algorithm}: {explanation.AlgorithmReason}");
        Add(lines, "options", Options(explanation.AlgorithmOptions));
        Add(lines, "warm start", explanation.WarmStart);
        Add(lines, "repeats", explanation.Repeats?.ToString(CultureInfo.InvariantCulture));
        Add(lines, "reproducible", explanation.Round is { } round
            ? string.Create(CultureInfo.InvariantCulture, $"in rounds of {round} trials")
            : null);
        Add(lines, "scheduler", $"{explanation.Scheduler}: {explanation.SchedulerReason}");
        Add(lines, "settings", Options(explanation.SchedulerOptions));
        Add(lines, "early stopping", explanation.EarlyStopping);
        Add(lines, "ensemble", explanation.Ensemble);
        Add(lines, "budget", string.Join(", ", explanation.Budget));
        Add(lines, "fixed", Values(explanation.Fixed));
        Add(lines, "defaults", Values(explanation.Defaults));
        Add(lines, "forbidden", explanation.ForbiddenCount > 0 ? $"{explanation.ForbiddenCount} combinations" : null);
        Add(lines, "seed", explanation.Seed.ToString(CultureInfo.InvariantCulture));
        lines.Add("");
        lines.AddRange(Parameters(explanation.Parameters));
        lines.Add("");
        if (explanation.Stages is { } stages)
        {
            lines.AddRange(Stages(stages));
            lines.Add("");
        }

        lines.Add("What would run:");
        lines.AddRange(explanation.Steps.Select((step, index) => string.Create(CultureInfo.InvariantCulture, $"  {index + 1}. {step}")));
        return lines;
    }

    private static void Add(List<string> lines, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            lines.Add($"  {name,-15}{value}");
        }
    }

    private static string Values(ValueMap<ParameterValue> values) => string.Join(", ", values.Select(pair => $"{pair.Key} {pair.Value}"));

    private static string? Options(ValueArray<OptionExplanation>? options) =>
        options is null
            ? null
            : string.Join(", ", options.Select(option => $"{option.Name} {option.Value}{(option.IsDefault ? " (default)" : "")}"));

    private static IEnumerable<string> Parameters(ValueArray<ParameterExplanation> parameters) =>
        Table([
            ["parameter", "type", "range", "scale", "active when"],
            .. parameters.Select(p => new[] { p.Name, p.Type, p.Range, p.Scale, p.Condition ?? "" }),
        ]);

    private static IEnumerable<string> Stages(ValueArray<StageExplanation> stages) => Table(
    [
        ["stage", "algorithm", "trials", "data", "space"],
        .. stages.Select(stage => new[]
        {
            stage.Number.ToString(CultureInfo.InvariantCulture),
            stage.Algorithm,
            stage.Trials,
            string.Create(CultureInfo.InvariantCulture, $"{stage.DataFraction * 100:0.##} %"),
            stage.Space,
        }),
    ]);

    private static IEnumerable<string> Table(string[][] rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return rows.Select(row => ("  " + string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column])))).TrimEnd());
    }
}
