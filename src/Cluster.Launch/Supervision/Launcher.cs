using System.Text.Json;
using SearchCluster.Launch.Processes;

namespace SearchCluster.Launch.Supervision;

/// <summary>Runs the processes of one machine: the coordinator first, then its workers; at the end the workers first, so that what they
/// give back is written down.</summary>
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
        var coordinator = Supervise(plan.Coordinator);
        var workers = plan.Workers.Select(Supervise).ToList();
        using var killing = now.Register(() => workers.Append(coordinator).ToList().ForEach(process => process.Kill()));
        coordinator.Start();
        try
        {
            if (await StartedAsync(coordinator, workers, end) is { } ready)
            {
                _ready.TrySetResult(ready);
                await Task.WhenAny(WhenCancelled(end), Task.WhenAll(workers.Append(coordinator).Select(process => process.Run)));
            }
        }
        finally
        {
            _ready.TrySetCanceled(CancellationToken.None);
            await EndAsync(workers, plan.WorkerEndLimit);
            await EndAsync([coordinator], plan.CoordinatorEndLimit);
        }

        // What could not even be started is told.
        await Task.WhenAll(workers.Append(coordinator).Select(process => process.Run));
    }

    /// <summary>Waits until all are ready.</summary>
    /// <returns>Null where the launch is to end before.</returns>
    private static async Task<LaunchReady?> StartedAsync(
        SupervisedProcess coordinator, List<SupervisedProcess> workers, CancellationToken end)
    {
        // A coordinator that dies before it was ever ready has a reason that the user is to see now, not after ten more starts.
        var stop = WhenCancelled(end);
        await Task.WhenAny(coordinator.FirstReady, coordinator.FirstEnd, stop);
        if (stop.IsCompleted)
        {
            return null;
        }

        var document = coordinator.FirstReady.IsCompleted ? await coordinator.FirstReady : null;
        if (document is null)
        {
            throw await FailureAsync("The coordinator did not start", coordinator);
        }

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

        return ready > 0
            ? new(Text(document, "url"), Text(document, "clusterAddress"), ready)
            : throw await FailureAsync(
                workers.Count == 1 ? $"The worker {workers[0].View.Name} did not start" : "No worker started", workers[0]);
    }

    private static string Text(JsonElement? document, string name) => ReadyDocument.Text(document!.Value, name) ?? "";

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
