using System.Runtime.CompilerServices;

namespace SearchCluster.Waiting;

/// <summary>How long tests wait for what must come.</summary>
/// <remarks>
/// It ends a test that would hang, and decides nothing else: a busy machine may take any time up to it, so a test waits for the event that
/// it means and never for a length of time. No test has a limit of its own that is shorter.
/// </remarks>
internal static class Patience
{
    /// <summary>The same for the test kit of Akka, as HOCON; without it the kit waits three seconds for a message.</summary>
    public const string OfAkka = "akka.test { default-timeout = 300s, single-expect-default = 300s }";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>The longest that a test waits for one event.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(300);

    /// <summary>Waits for a task that must end.</summary>
    public static Task Patiently(this Task task) => task.WaitAsync(Limit, TestContext.Current.CancellationToken);

    /// <inheritdoc cref="Patiently(Task)"/>
    public static Task<T> Patiently<T>(this Task<T> task) => task.WaitAsync(Limit, TestContext.Current.CancellationToken);

    /// <summary>Asks again and again for what gives no event: another process, a file, a view that follows.</summary>
    /// <param name="condition">True when it is so.</param>
    /// <param name="what">What is waited for; the source of the condition unless stated.</param>
    /// <exception cref="TimeoutException">It never was.</exception>
    public static Task UntilAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        UntilAsync(() => Task.FromResult(condition()), what);

    /// <inheritdoc cref="UntilAsync(Func{bool}, string)"/>
    public static async Task UntilAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Limit)
            {
                throw new TimeoutException($"Waited in vain for {Limit} until {what}");
            }

            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }
}
