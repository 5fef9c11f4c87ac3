using System.Collections.Concurrent;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Execution;

namespace SearchCluster.GpuWorker.Tests.Fakes;

/// <summary>An executor whose attempts do what a test tells them, on the attempt's own thread.</summary>
internal sealed class ScriptedExecutor : IWorkExecutor
{
    private readonly BlockingCollection<Call> _calls = [];

    /// <summary>True for attempts that hang: they do not look at their cancellation.</summary>
    public bool IgnoresCancellation { get; init; }

    public void Run(IReadOnlyList<ILeasedWork> group)
    {
        foreach (var work in group)
        {
            AttemptLife.Live(work, Follow);
        }
    }

    private WorkOutcome Follow(WorkAssignment assignment, WorkContext context)
    {
        context.Pulse?.Begin((assignment as TrialAssignment)?.Plan.TrialTime);
        var call = new Call(assignment, context, IgnoresCancellation);
        _calls.Add(call);
        return call.Follow();
    }

    /// <summary>The next attempt that started, waiting for it if need be.</summary>
    public Call Next() => _calls.TryTake(out var call, Patience.Limit) ? call : throw new TimeoutException("No attempt started.");

    public bool HasStartedNone => _calls.Count == 0;

    /// <summary>One attempt.</summary>
    public sealed class Call(WorkAssignment assignment, WorkContext run, bool ignoresCancellation)
    {
        private readonly BlockingCollection<Func<WorkOutcome?>> _steps = [];
        private int _resource;

        public LeaseKey Lease => assignment.Lease;

        public WorkContext Run => run;

        public Thread? Thread { get; private set; }

        public void Report(int resource) => _steps.Add(() =>
        {
            run.Report(Samples.Measurement(resource));
            _resource = resource;
            return null;
        });

        public void Warn(string text) => _steps.Add(() =>
        {
            run.Warn!(text);
            return null;
        });

        /// <summary>Does what a workload may do with its surroundings.</summary>
        public void Do(Action<WorkContext> what) => _steps.Add(() =>
        {
            what(run);
            return null;
        });

        public void Finish(WorkOutcome? outcome = null) => _steps.Add(() => outcome ?? Samples.Completed());

        /// <summary>Returns null, which no executor should.</summary>
        public void FinishWithNothing() => _steps.Add(() => throw new NothingException());

        /// <summary>Reports what is no measurement.</summary>
        public void Report(Measurement? measurement) => _steps.Add(() =>
        {
            run.Report(measurement!);
            return null;
        });

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
                catch (NothingException)
                {
                    return null!;
                }
                catch (OperationCanceledException) when (run.Cancellation.IsCancellationRequested && _resource > 0)
                {
                    return new AttemptHalted(_resource, null);
                }
            }
        }
    }

    private sealed class NothingException : Exception;
}
