using System.Collections.Concurrent;
using SearchCluster.GpuWorker.Execution;

namespace SearchCluster.GpuWorker.Tests.Fakes;

/// <summary>An executor whose attempts do what a test tells them, on the attempt's own thread.</summary>
internal sealed class ScriptedExecutor : IWorkExecutor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly BlockingCollection<Call> _calls = [];

    /// <summary>True for attempts that hang: they do not look at their cancellation.</summary>
    public bool IgnoresCancellation { get; init; }

    public WorkOutcome Run(WorkAssignment assignment, AttemptRun run)
    {
        var call = new Call(assignment, run, IgnoresCancellation);
        _calls.Add(call);
        return call.Follow();
    }

    /// <summary>The next attempt that started, waiting for it if need be.</summary>
    public Call Next() => _calls.TryTake(out var call, Patience) ? call : throw new TimeoutException("No attempt started.");

    public bool HasStartedNone => _calls.Count == 0;

    /// <summary>One attempt.</summary>
    public sealed class Call(WorkAssignment assignment, AttemptRun run, bool ignoresCancellation)
    {
        private readonly BlockingCollection<Func<WorkOutcome?>> _steps = [];
        private int _resource;

        public LeaseKey Lease => assignment.Lease;

        public AttemptRun Run => run;

        public Thread? Thread { get; private set; }

        public void Report(int resource) => _steps.Add(() =>
        {
            run.Report(Samples.Measurement(resource));
            _resource = resource;
            return null;
        });

        public void Warn(string text) => _steps.Add(() =>
        {
            run.Warn(text);
            return null;
        });

        public void Finish(WorkOutcome? outcome = null) => _steps.Add(() => outcome ?? Samples.Completed());

        public void Throw(Exception failure) => _steps.Add(() => throw failure);

        public WorkOutcome Follow()
        {
            Thread = Thread.CurrentThread;
            while (true)
            {
                try
                {
                    if (_steps.Take(ignoresCancellation ? CancellationToken.None : run.Cancellation)() is { } outcome)
                    {
                        return outcome;
                    }
                }
                catch (OperationCanceledException) when (run.Cancellation.IsCancellationRequested && _resource > 0)
                {
                    return new AttemptHalted(_resource, null);
                }
            }
        }
    }
}
