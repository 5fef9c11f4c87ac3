using System.Globalization;
using SearchCluster.Models.Attempts;

namespace SearchCluster.GpuWorker.Execution;

/// <summary>Finds attempts that were to end (their time is over, or somebody cancelled them) and give no sign of life any more.</summary>
/// <remarks>A thread that hangs in a user's or a native function cannot be ended by itself; only its process can.</remarks>
/// <param name="clock">Measures attempts.</param>
/// <param name="limit">How long an attempt that is to end may be silent.</param>
public sealed class HangWatch(TimeProvider clock, TimeSpan limit) : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<string> _hung = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _timer;

    /// <summary>Ends with a sentence at the first attempt that hangs.</summary>
    internal Task<string> Hung => _hung.Task;

    internal TimeProvider Clock => clock;

    /// <inheritdoc />
    public void Dispose() => _timer?.Dispose();

    internal void Start(Action look) => _timer = clock.CreateTimer(_ => look(), null, Period, Period);

    internal bool Hangs(AttemptPulse pulse) => pulse.SilenceSinceDue >= limit;

    internal void Report(string sentence) => _hung.TrySetResult(sentence);

    internal string Describe(Attempt attempt)
    {
        var what = attempt.Overrun is not null ? "held more memory than its limit"
            : attempt.Pulse.IsOverdue ? "ran longer than its time limit"
            : "was cancelled";
        return $"it {what} and did not end within {Durations.Of(limit)} after it was asked to; "
            + $"let the workload look at its cancellation token";
    }

    /// <summary>What a person should know of an attempt that hangs; the same for all, so that a search tells it once.</summary>
    internal string Warning => string.Create(
        CultureInfo.InvariantCulture,
        $"{CommandCodes.WorkloadHangs} A trial hung: it was to end (stopped, paused, or over budget.trialTime or its memory) "
            + $"and its workload did not within {Durations.Of(limit)}, so the process of its worker had to end, "
            + $"and what else ran there went on from its checkpoints. Let the workload look at its cancellation token.");

    /// <summary>What is reported for an attempt that hangs: its overrun of a limit, a timeout when its time was
    /// over, else that it halted, and why that took the end of its process.</summary>
    internal static WorkOutcome OutcomeOf(Attempt attempt, string reason) => attempt.Overrun is { } overrun
        ? new AttemptFailed(overrun)
        : Failure(reason) is var failure && attempt.Pulse.IsOverdue
        ? new AttemptFailed(failure)
        : new AttemptHalted(attempt.KnownResource, null, failure);

    private static AttemptFailure Failure(string reason) => new(TrialFailureKind.Timeout, "The attempt hangs: " + reason + ".");
}
