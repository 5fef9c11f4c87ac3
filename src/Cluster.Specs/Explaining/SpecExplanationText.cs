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
        var lines = new List<string> { $"{explanation.Name}: {trials} trials, {explanation.Parameters.Count} parameters ({explanation.ConditionalCount} conditional)" };
        Add(lines, "description", explanation.Description);
        Add(lines, "trials", $"{trials} ({explanation.TrialCountReason})");
        Add(lines, "workload", $"{explanation.Workload}: {explanation.WorkloadDescription}");
        Add(lines, "data", explanation.Data);
        Add(lines, "objective", explanation.Objective);
        Add(lines, "algorithm", $"{explanation.Algorithm}: {explanation.AlgorithmReason}");
        Add(lines, "early stopping", explanation.EarlyStopping);
        Add(lines, "ensemble", explanation.Ensemble);
        Add(lines, "budget", string.Join(", ", explanation.Budget));
        Add(lines, "fixed", Values(explanation.Fixed));
        Add(lines, "defaults", Values(explanation.Defaults));
        Add(lines, "forbidden", explanation.ForbiddenCount > 0 ? $"{explanation.ForbiddenCount} combinations" : null);
        Add(lines, "seed", explanation.Seed.ToString(CultureInfo.InvariantCulture));
        lines.Add("");
        lines.AddRange(Table(explanation.Parameters));
        lines.Add("");
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

    private static IEnumerable<string> Table(ValueArray<ParameterExplanation> parameters)
    {
        string[][] rows = [["parameter", "type", "range", "scale", "active when"], .. parameters.Select(p => new[] { p.Name, p.Type, p.Range, p.Scale, p.Condition ?? "" })];
        int[] widths = [.. Enumerable.Range(0, 5).Select(column => rows.Max(row => row[column].Length))];
        return rows.Select(row => ("  " + string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column])))).TrimEnd());
    }
}
