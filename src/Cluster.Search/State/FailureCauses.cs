using System.Text.RegularExpressions;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Search.State;

/// <summary>Counts failed trials by cause: the kind of failure, and for a workload's own exceptions their type;
/// their messages differ in details.</summary>
internal static partial class FailureCauses
{
    public static ValueArray<FailureCause>? Of(SearchState state)
    {
        if (state.Counts.Failed == 0)
        {
            return null;
        }

        return state.Trials
            .Where(trial => trial is { State: TrialState.Failed, Failure: not null })
            .GroupBy(trial => (trial.Failure!.Kind, Exception: ExceptionOf(trial.Failure)))
            .Select(group => new FailureCause(
                group.Key.Kind, group.Key.Exception, group.Count(), group.First().Id, group.First().Failure!.Message))
            .OrderByDescending(cause => cause.Count)
            .ThenBy(cause => cause.FirstTrial)
            .ToValueArray();
    }

    private static string? ExceptionOf(AttemptFailure failure) =>
        failure.Kind == TrialFailureKind.WorkloadError && ExceptionName().Match(failure.Message) is { Success: true } match
            ? match.Groups[1].Value
            : null;

    [GeneratedRegex("^([A-Za-z_][A-Za-z0-9_`]{0,99}): ", RegexOptions.CultureInvariant)]
    private static partial Regex ExceptionName();
}
