namespace SearchCluster.Search.State;

/// <summary>Who runs alone in a worker's process: what lost that process together with others twice, so that the one that ends it is
/// found and the others are not charged.</summary>
/// <remarks>
/// Once is not enough: a machine that is switched off, or the system's own choice when memory is short, ends all processes once, and an
/// attempt that runs alone leaves the slots beside it empty. Whoever ends its process each time is a suspect after two deaths, whatever
/// ran beside it. A new resource level clears a trial, as it sets back what counts against <c>retry.max</c>.
/// </remarks>
internal static class Suspects
{
    /// <summary>How many deaths beside others make a suspect.</summary>
    public const int SharedLosses = 2;

    public static bool Include(ValueArray<WorkerLoss> losses) =>
        losses.Count >= SharedLosses && losses.Count(loss => !loss.IsAlone) >= SharedLosses;

    /// <summary>Tells whether an attempt that ended counts as failed: not where it lost its process together with others.</summary>
    public static bool Charges(SearchEvents.AttemptEnded e) =>
        e.End is AttemptEnd.Lost or AttemptEnd.Failed && e.Loss is not { IsAlone: false };

    public static ValueArray<WorkerLoss> Add(ValueArray<WorkerLoss> losses, WorkerLoss? loss) =>
        loss is null ? losses : [.. losses, loss];
}
