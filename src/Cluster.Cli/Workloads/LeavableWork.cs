namespace SearchCluster.Cli.Workloads;

/// <summary>Work of a command that may call code of a user's workload, on a thread of its own: it is asked to end, and left behind when it
/// does not, so that no code of anybody's keeps the command waiting or makes it deaf.</summary>
internal static class LeavableWork
{
    /// <summary>How long the work may take to end once it is asked to.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <summary>Does work that awaits nothing.</summary>
    /// <typeparam name="T">What it results in.</typeparam>
    /// <param name="work">The work; its token is cancelled when it is to end.</param>
    /// <param name="clock">Measures the grace.</param>
    /// <param name="cancellation">Asks it to end.</param>
    /// <returns>Its result.</returns>
    /// <exception cref="LeftBehindException">It did not end; its thread goes on until the process ends.</exception>
    public static Task<T> RunAsync<T>(Func<CancellationToken, T> work, TimeProvider clock, CancellationToken cancellation) =>
        RunAsync(token => Task.FromResult(work(token)), clock, cancellation);

    /// <summary>Does work.</summary>
    /// <typeparam name="T">What it results in.</typeparam>
    /// <param name="work">The work; its token is cancelled when it is to end.</param>
    /// <param name="clock">Measures the grace.</param>
    /// <param name="cancellation">Asks it to end.</param>
    /// <returns>Its result.</returns>
    /// <exception cref="LeftBehindException">It did not end; its thread goes on until the process ends.</exception>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, TimeProvider clock, CancellationToken cancellation)
    {
        // A token of its own, whose callbacks run elsewhere: those of a workload may block, and nothing else must wait for them. It is not
        // disposed, since work that was left behind may still look at it.
        var toEnd = new CancellationTokenSource();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = cancellation.Register(() => asked.TrySetResult());
        var running = Task.Factory.StartNew(
            () => work(toEnd.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        if (await Task.WhenAny(running, asked.Task) != running)
        {
            _ = toEnd.CancelAsync();
            await Task.WhenAny(running, Task.Delay(Grace, clock, CancellationToken.None));
        }

        return running.IsCompleted ? await running : throw new LeftBehindException(cancellation);
    }
}

/// <summary>Work was asked to end, did not, and was left behind.</summary>
internal sealed class LeftBehindException(CancellationToken cancellation) : OperationCanceledException(
    $"It had not returned {Durations.Of(LeavableWork.Grace)} after it was asked to end.", cancellation);
