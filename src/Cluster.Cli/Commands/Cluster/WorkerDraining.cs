using SearchCluster.Cli.Invocation;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Commands.Cluster;

/// <summary>Has workers take no more work, and waits until they hold none.</summary>
internal sealed class WorkerDraining(CommandContext context, ISearchService service)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    /// <summary>Drains workers; all are told before the first is waited for.</summary>
    /// <param name="workers">Their names.</param>
    /// <param name="giveBack">Whether they give back what they run.</param>
    /// <returns>As they are once they have answered.</returns>
    public async Task<IReadOnlyList<WorkerView>> DrainAsync(IEnumerable<WorkerId> workers, bool giveBack)
    {
        WorkerView[] views =
            await Task.WhenAll(workers.Select(worker => service.DrainAsync(worker, new DrainRequest(giveBack), context.Cancellation)));
        foreach (var (name, trouble) in views.Select(view => (view.Worker.WorkerId, view.Drain?.Trouble)))
        {
            if (trouble is not null)
            {
                context.Output.Warn($"{name} would take work again after a restart of its process: {trouble}");
            }
        }

        return views;
    }

    /// <summary>Waits until workers hold nothing, and says what it waits for when that changes.</summary>
    /// <param name="views">The workers.</param>
    /// <returns>As they are then; without those that left meanwhile.</returns>
    public async Task<IReadOnlyList<WorkerView>> WaitAsync(IReadOnlyList<WorkerView> views)
    {
        var names = views.Select(view => view.Worker.WorkerId).ToHashSet();
        var told = string.Empty;
        using var timer = new PeriodicTimer(BetweenLooks, context.Environment.Clock);
        while (views.Any(view => view.Held.Count > 0))
        {
            var text = string.Join(
                ", ",
                views.Where(view => view.Held.Count > 0)
                    .Select(view => $"{Format.Count(view.Held.Count, "trial")} on {view.Worker.WorkerId}"));
            if (text != told)
            {
                context.Output.Note($"waits for {text}");
                told = text;
            }

            await timer.WaitForNextTickAsync(context.Cancellation);
            var cluster = await service.GetClusterAsync(context.Cancellation);
            views = [.. cluster.Workers.Where(view => names.Contains(view.Worker.WorkerId))];
        }

        return views;
    }
}
