namespace SearchCluster.Coordinator.Actors.Workers;

/// <summary>Empties one worker for work that runs alone, when none has become empty by itself.</summary>
/// <remarks>At most one worker at a time gets nothing else, and only after the wait: mostly the process that died is back before, and is
/// empty.</remarks>
internal sealed class WaitForRoom(TimeProvider clock, TimeSpan patience)
{
    private long? _since;

    /// <summary>The worker that gets nothing else; null for none.</summary>
    public WorkerId? Emptied { get; private set; }

    /// <summary>Work that runs alone was given, or none waits any more.</summary>
    public void End() => (_since, Emptied) = (null, null);

    /// <summary>Looks whether a worker is to be emptied.</summary>
    /// <param name="suited">The workers that live and that some waiting work suits, with how many groups each runs.</param>
    public void Look(IReadOnlyList<(WorkerId Worker, int Groups)> suited)
    {
        if (suited.Count == 0)
        {
            End();
            return;
        }

        _since ??= clock.GetTimestamp();
        if (suited.Any(one => one.Worker == Emptied))
        {
            return;
        }

        // The one with the least to finish.
        Emptied = clock.GetElapsedTime(_since.Value) >= patience ? suited.MinBy(one => one.Groups).Worker : null;
    }
}
