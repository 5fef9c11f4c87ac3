namespace SearchCluster.Runner;

/// <summary>How a run chooses, judges and stops trials.</summary>
public sealed record RunnerOptions
{
    /// <summary>The sampler and its options, as in section <c>algorithm</c> of a specification.</summary>
    /// <value>Default <c>auto</c>.</value>
    public AlgorithmSpec Algorithm { get; init; } = new("auto", ParameterValues.Empty);

    /// <summary>What stops trials early by their reports, as in section <c>scheduler</c> of a specification.</summary>
    /// <value>Default <c>none</c>. Not <c>pbt</c>: a function cannot go on from the state of another one.</value>
    public SchedulerSpec Scheduler { get; init; } = new("none", ParameterValues.Empty);

    /// <summary>Most trials that run at once.</summary>
    /// <value>Default 1. From 1 to 1,024; a trial that the scheduler paused is not counted.</value>
    public int Concurrency { get; init; } = 1;

    /// <summary>Every random choice derives from it.</summary>
    /// <value>Default 0.</value>
    public ulong Seed { get; init; }

    /// <summary>Ends the run when a trial reaches this value.</summary>
    /// <value>Default null: never.</value>
    public double? Target { get; init; }

    /// <summary>What a value that is NaN or infinite means.</summary>
    /// <value>Default: the trial failed.</value>
    public NonFinitePolicy OnNonFinite { get; init; } = NonFinitePolicy.FailTrial;

    /// <summary>Configurations to try first; parameters that are missing in them are sampled.</summary>
    /// <value>Default none.</value>
    public IReadOnlyList<ParameterValues> Enqueue { get; init; } = [];

    /// <summary>Is told of each trial that is over, in the order of their ends; it is called under a lock, so
    /// it should be quick. What it throws ends the run.</summary>
    /// <value>Default null.</value>
    public Action<TrialSummary>? Progress { get; init; }

    /// <summary>Is told of anything unexpected that the run survives, for example a step that was reported twice; like
    /// <see cref="Progress"/> it should be quick.</summary>
    /// <value>Default null; the result lists the first ones all the same.</value>
    public Action<string>? Warning { get; init; }

    /// <summary>How long a call may go on that was asked to end: after it the trial counts as ended, its place is free, and the run does
    /// not wait for the call. It goes on by itself, because nothing can end a thread; let the function heed its token.</summary>
    /// <value>Default 30 seconds. At least 0.</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock of the limits on time.</summary>
    /// <value>Default <see cref="TimeProvider.System"/>.</value>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
