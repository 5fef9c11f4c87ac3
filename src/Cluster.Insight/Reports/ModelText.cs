using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Reports;

/// <summary>Whether a trial has a model to take away, and why not.</summary>
public static class ModelText
{
    /// <summary>One word: yes, no, or nothing while that is open. It tells what the journal knows, which is that a model was written;
    /// whoever wants its file looks for it.</summary>
    public static string Word(TrialView trial) => trial.Result is { HasModel: var has } ? has ? "yes" : "no" : string.Empty;

    /// <summary>True when some of these trials have a result without a model and others have one, so that it
    /// matters which is taken.</summary>
    public static bool Differ(IReadOnlyCollection<TrialView> trials) =>
        trials.Any(trial => trial.Result is { HasModel: true }) && trials.Any(trial => trial.Result is { HasModel: false });

    /// <summary>Why no model of a trial was written, as a clause without an end.</summary>
    /// <param name="trial">One that has no model.</param>
    /// <param name="othersHave">Whether other trials of the search have one.</param>
    public static string WhyNone(TrialView trial, bool othersHave) => trial switch
    {
        { State: TrialState.Waiting } => "it waits for a worker",
        { State: TrialState.Running } => "it still runs",
        { State: TrialState.Skipped, Attempts: > 0 } => "it ended without a result, because the search ended",
        { State: TrialState.Skipped } => "it never started, because the search ended first",
        { State: TrialState.Failed } =>
            $"it failed ({Format.Shorten(SafeText.Of(trial.Failure?.Message.TrimEnd('.') ?? "without a message"), 200)})",
        _ when !othersHave => "none of the search's trials has one, as with a workload that saves none",
        { State: TrialState.StoppedEarly } =>
            "it was stopped early, and ended with its measurements only before its worker had brought its model",
        { State: TrialState.Paused } => "it is paused, and its worker has brought no model so far",
        _ => "its workload saved none for it",
    };
}
