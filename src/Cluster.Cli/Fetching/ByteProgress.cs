using SearchCluster.Cli.Invocation;
using SearchCluster.Insight.Wording;
using Spectre.Console;

namespace SearchCluster.Cli.Fetching;

/// <summary>Shows how far long work on bytes is: a bar in a terminal, a line every ten seconds elsewhere.</summary>
internal static class ByteProgress
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    /// <summary>Runs work and shows its progress.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="label">What the bytes are of.</param>
    /// <param name="workAsync">The work; it tells how many bytes are done, and of how many when that is known.</param>
    public static async Task<T> RunAsync<T>(CommandContext context, string label, Func<Action<long, long?>, Task<T>> workAsync)
    {
        if (context.Output.IsProgressLive)
        {
            return await context.Output.ProgressConsole.Progress()
                .HideCompleted(true)
                .Columns(
                    new TaskDescriptionColumn(),
                    new ProgressBarColumn(),
                    new PercentageColumn(),
                    new DownloadedColumn(),
                    new TransferSpeedColumn(),
                    new RemainingTimeColumn())
                .StartAsync(async live =>
                {
                    var bar = live.AddTask(Markup.Escape(SafeText.Of(label)));
                    return await workAsync((done, total) =>
                    {
                        bar.IsIndeterminate = total is null;
                        bar.MaxValue = total ?? done + 1;
                        bar.Value = done;
                    });
                });
        }

        var told = context.Environment.Clock.GetTimestamp();
        return await workAsync((done, total) =>
        {
            if (context.Environment.Clock.GetElapsedTime(told) >= BetweenLines)
            {
                told = context.Environment.Clock.GetTimestamp();
                var share = total is { } all
                    ? $" of {Format.Mebibytes(all)} ({Format.Percent((double)done / Math.Max(1, all))})"
                    : "";
                context.Output.Note($"{label}: {Format.Mebibytes(done)}{share}");
            }
        });
    }
}
