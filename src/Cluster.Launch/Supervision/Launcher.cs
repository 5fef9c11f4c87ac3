using System.Text.Json;
using SearchCluster.Launch.Processes;

namespace SearchCluster.Launch.Supervision;

/// <summary>Runs the processes of one machine: the coordinator first, where it runs here, then the workers; at the end the workers first,
/// so that what they give back is written down.</summary>
/// <param name="plan">What to run.</param>
/// <param name="observer">Told what happens.</param>
/// <param name="clock">Measures waits.</param>
public sealed class Launcher(LaunchPlan plan, ILaunchObserver observer, TimeProvider clock)
{
    private readonly Lock _telling = new();
    private readonly TaskCompletionSource<LaunchReady> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when coordinator and workers are ready; cancelled when the launch ends before.</summary>
    public Task<LaunchReady> Ready => _ready.Task;

    /// <summary>Runs until it is told to end.</summary>
    /// <param name="end">Ends all processes in order.</param>
    /// <param name="now">Ends all processes at once.</param>
    /// <exception cref="LaunchException">The coordinator did not start, or no worker can work here; what ran has ended.</exception>
    public async Task RunAsync(CancellationToken end, CancellationToken now)
    {
        List<SupervisedProcess> coordinators = plan.Coordinator is { } here ? [Supervise(here)] : [];
        var workers = plan.Workers.Select(Supervise).ToList();
        List<SupervisedProcess> all = [.. workers, .. coordinators];
        using var killing = now.Register(() => all.ForEach(process => process.Kill()));
        try
        {
            if (await PlaceAsync(coordinators, end) is { } place && await StartedAsync(place, workers, end) is { } ready)
            {
                _ready.TrySetResult(ready);
                await Task.WhenAny(WhenCancelled(end), Task.WhenAll(all.Select(process => process.Run)));
            }
        }
        finally
        {
            _ready.TrySetCanceled(CancellationToken.None);
            await EndAsync(workers, plan.WorkerEndLimit);
            await EndAsync(coordinators, plan.CoordinatorEndLimit);
        }

        // What could not even be started is told.
        await Task.WhenAll(all.Select(process => process.Run));
    }

    /// <summary>Starts the coordinator, where it is to run here, and waits until it is ready.</summary>
    /// <returns>Where it is; null where the launch is to end before.</returns>
    private async Task<CoordinatorPlace?> PlaceAsync(List<SupervisedProcess> coordinators, CancellationToken end)
    {
        if (coordinators is not [var coordinator])
        {
            return plan.Elsewhere ?? throw new InvalidOperationException("The plan names no coordinator.");
        }

        // A coordinator that dies before it was ever ready has a reason that the user is to see now, not after ten more starts.
        coordinator.Start();
        var stop = WhenCancelled(end);
        await Task.WhenAny(coordinator.FirstReady, coordinator.FirstEnd, stop);
        if (stop.IsCompleted)
        {
            return null;
        }

        return (coordinator.FirstReady.IsCompleted ? await coordinator.FirstReady : null) is { } document
            ? new(Text(document, "url"), Text(document, "clusterAddress"))
            : throw await FailureAsync("The coordinator did not start", coordinator);
    }

    /// <summary>Starts the workers and waits until they are ready, or have failed.</summary>
    /// <returns>Null where the launch is to end before.</returns>
    private static async Task<LaunchReady?> StartedAsync(
        CoordinatorPlace place, List<SupervisedProcess> workers, CancellationToken end)
    {
        var stop = WhenCancelled(end);
        workers.ForEach(worker => worker.Start());
        await Task.WhenAny(Task.WhenAll(workers.Select(worker => worker.FirstReady)), stop);
        if (stop.IsCompleted)
        {
            return null;
        }

        var ready = 0;
        foreach (var worker in workers)
        {
            ready += await worker.FirstReady is null ? 0 : 1;
        }

        return ready > 0 || workers.Count == 0
            ? new(place.Url, place.ClusterAddress, ready)
            : throw await FailureAsync(
                workers.Count == 1 ? $"The worker {workers[0].View.Name} did not start" : "No worker started", workers[0]);
    }

    private static string Text(JsonElement document, string name) => ReadyDocument.Text(document, name) ?? "";

    private static async Task<LaunchException> FailureAsync(string what, SupervisedProcess process)
    {
        if (await process.FirstEnd is null)
        {
            await process.Run;
        }

        return Failure(what, process.LastEnd!);
    }

    private static LaunchException Failure(string what, ProcessEnd end)
    {
        var said = end.LastLines.LastOrDefault(line => line.StartsWith("error", StringComparison.Ordinal)) is { } error
            ? end.LastLines.SkipWhile(line => line != error)
            : end.LastLines.TakeLast(5);
        var text = string.Join('\n', said.Select(line => "  " + line));
        return new LaunchException($"{what}: it {end.Describe()}.{(text.Length == 0 ? " It printed nothing." : " It said:\n" + text)}")
        {
            ExitCode = end.Signal is null && end.ExitCode != 0 ? end.ExitCode : null,
        };
    }

    private async Task EndAsync(List<SupervisedProcess> processes, TimeSpan limit)
    {
        processes.ForEach(process => process.AskToEnd());
        var down = Task.WhenAll(processes.Select(process => Task.WhenAny(process.Run)));
        if (await Task.WhenAny(down, Task.Delay(limit, clock)) != down)
        {
            processes.ForEach(process => process.Kill());
            await down;
        }
    }

    private SupervisedProcess Supervise(ProcessPlan process) => new(process, Tell, line => Tell(process.Name, line), clock);

    private void Tell(ProcessView view, ProcessEnd? end, TimeSpan? restartsIn)
    {
        lock (_telling)
        {
            observer.Changed(view, end, restartsIn);
        }
    }

    private void Tell(string name, OutputLine line)
    {
        lock (_telling)
        {
            observer.Printed(name, line);
        }
    }

    private static Task WhenCancelled(CancellationToken cancellation)
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cancellation.Register(() => source.TrySetResult());
        return source.Task;
    }
}
