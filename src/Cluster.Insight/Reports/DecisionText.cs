using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Reports;

/// <summary>Decisions of samplers and schedulers in words.</summary>
public static class DecisionText
{
    /// <summary>In short, the numbers that a scheduler looked at: <c>rank 9 of 11 on rung 2, cutoff 0.412, its
    /// value 0.538</c>; in full when it has few.</summary>
    public static string Of(DecisionReason reason) =>
        Numbers(reason) is { Length: > 1 } numbers ? string.Join(", ", numbers) : InFull(reason);

    /// <summary>The scheduler's own words, with the numbers that it looked at where the words hold none.</summary>
    public static string InFull(DecisionReason reason)
    {
        var text = Clause(reason.Text);

        // "It stops: rank …" is told as "it was stopped: rank …" by those who quote it.
        text = text.StartsWith("it ", StringComparison.Ordinal) && text.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon
            ? text[(colon + 2)..]
            : text;
        return Numbers(reason) is { Length: > 0 } numbers && !text.Any(char.IsAsciiDigit) ? $"{text} ({string.Join(", ", numbers)})" : text;
    }

    /// <summary>What a model expected: <c>expected improvement 0.031, mean 0.44 ± 0.08</c>.</summary>
    public static string Of(ModelPrediction prediction)
    {
        var improvement = prediction.ExpectedImprovement is { } gain ? $"expected improvement {Format.Number(gain)}, " : string.Empty;
        return $"{improvement}mean {Format.Number(prediction.Mean)} ± {Format.Number(prediction.StandardDeviation)}";
    }

    /// <summary>Who suggested a configuration: <c>suggested by gp: expected improvement 0.031, mean 0.44 ± 0.08, 3 pending</c>.</summary>
    public static string Of(SuggestionOrigin origin)
    {
        var source = $"suggested by {SafeText.Of(origin.Source)}";
        return origin switch
        {
            { Prediction: { } prediction } => $"{source}: {Of(prediction)}, {origin.Pending} pending",
            { Explanation: { } explanation } => $"{source}: {Clause(explanation)}",
            _ => source,
        };
    }

    /// <summary>Where a trial's configuration comes from: who suggested it, or whose it took over before its best measurement.</summary>
    public static string OriginOf(TrialView trial) => trial.Lineage?.LastOrDefault(
        step => trial.LastValues is null || step.Resource < trial.Result?.BestResource) is { } last
        ? $"its values are those of {last.From}, taken over and changed; its first ones were {Of(trial.Origin)}"
        : Of(trial.Origin);

    public static string Past(TrialDecisionKind action) => action switch
    {
        TrialDecisionKind.Stop => "stopped",
        TrialDecisionKind.Pause => "paused",
        _ => "promoted",
    };

    private static string[] Numbers(DecisionReason reason)
    {
        var rung = reason.Rung is { } number ? $" on rung {number}" : string.Empty;
        string?[] parts =
        [
            reason.Rank is { } rank ? $"rank {rank}{(reason.Competitors is { } all ? $" of {all}" : string.Empty)}{rung}" : null,
            reason.Cutoff is { } cutoff ? $"cutoff {Format.Number(cutoff)}{(reason.Rank is null ? rung : string.Empty)}" : null,
            reason.Value is { } value ? $"its value {Format.Number(value)}" : null,
        ];
        return [.. parts.OfType<string>()];
    }

    /// <summary>A sentence as part of another one.</summary>
    private static string Clause(string sentence)
    {
        var text = SafeText.Of(sentence).TrimEnd('.');
        return text.Length > 1 && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }
}
