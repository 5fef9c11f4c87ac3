using SearchCluster.GpuWorker.Memory;

namespace SearchCluster.GpuWorker.Execution.Limits;

/// <summary>Compares what the process and its programs hold with what its trials may.</summary>
/// <remarks>
/// <para>The programs of a trial are measured by themselves, so they name it. All else in the process is measured together, from the moment
/// at which the first of its trials began, data and libraries not counted: one trial alone is measured so. Of several, one is over its
/// limit when they hold more than their limits together, but nobody can say which; then one goes on alone, which measures it, and the
/// others are given back. Each such step lets a trial end, one way or the other, so it comes to an end.</para>
/// <para>Before a verdict what nobody uses is given back to the system, because both allocators keep freed memory.</para>
/// </remarks>
/// <param name="meter">Measures.</param>
internal sealed class MemoryWatch(IMemoryMeter meter)
{
    private readonly Lock _gate = new();
    private long? _base;

    /// <summary>An attempt's turn has come; it reads its data first.</summary>
    public void Opened(Attempt attempt, Attempt[] running)
    {
        if (running.Any(IsLimited))
        {
            attempt.MemoryAtStart = meter.Read([])?.TotalBytes;
        }
    }

    /// <summary>Its own work begins.</summary>
    /// <returns>What a person should know of its limit.</returns>
    public IReadOnlyList<string> Begun(Attempt attempt, Attempt[] running)
    {
        if (!running.Any(IsLimited))
        {
            lock (_gate)
            {
                _base = null;
            }

            return [];
        }

        // What an earlier trial has freed would hide as much of this one: allocators keep it, and it stands in the reading already.
        var isFirst = !running.Any(other => other != attempt && other.Pulse.HasBegun);
        if (isFirst)
        {
            meter.Trim();
        }

        var reading = meter.Read([]);
        lock (_gate)
        {
            if (isFirst || _base is null)
            {
                _base = reading?.TotalBytes;
            }
            else if (reading is not null && attempt.MemoryAtStart is { } start)
            {
                // Data that were read for it stay for the trials after it.
                _base += Math.Max(0, reading.TotalBytes - start);
            }
        }

        return attempt.MemoryBytes is { } limit ? [.. Doubts(limit, reading)] : [];
    }

    /// <summary>Looks whether a limit is broken.</summary>
    /// <returns>Null when none is, or nobody can say.</returns>
    public MemoryVerdict? Look(Attempt[] running)
    {
        Attempt[] limited = [.. running.Where(attempt => IsLimited(attempt) && attempt.Pulse.HasBegun)];
        if (limited.Length == 0)
        {
            return null;
        }

        var programs = limited.ToDictionary(attempt => attempt, attempt => attempt.Programs.Running);
        if (meter.Read([.. programs.Values.SelectMany(all => all)]) is not { } reading)
        {
            return null;
        }

        foreach (var attempt in limited.Where(attempt => attempt.Cause is null))
        {
            if (reading.Of(programs[attempt]) is var held && held > attempt.MemoryBytes)
            {
                return Over(attempt, held, "its programs held");
            }
        }

        // What others do that have no limit, that read data or that are on their way out, cannot be told from what these do.
        return limited.Length == running.Length && running.All(attempt => attempt.Cause is null)
            ? Together(limited, reading.TotalBytes)
            : MixedWith(running, limited);
    }

    private MemoryVerdict? Together(Attempt[] limited, long total)
    {
        long start;
        lock (_gate)
        {
            start = _base ??= total;
        }

        var most = limited.Sum(attempt => attempt.MemoryBytes!.Value);
        if (total - start <= most)
        {
            return null;
        }

        meter.Trim();
        if (meter.Read([])?.TotalBytes - start is not { } held || held <= most)
        {
            return null;
        }

        return limited.Length == 1
            ? Over(limited[0], held, "it held")
            : new MemoryVerdict.Crowded(
                limited.MaxBy(attempt => attempt.Lease.Fence)!,
                $"{CommandCodes.MemoryNotHeld} {limited.Length} trials of one process held more memory than their limits together "
                    + $"({ByteSize.Format(most)}), and which of them is over its own cannot be told. "
                + "One goes on alone, the others are given back and go on from their checkpoints. Use fewer slots, or raise "
                    + "resources.perTrial.memory.");
    }

    private static MemoryVerdict.Mixed? MixedWith(Attempt[] running, Attempt[] limited)
    {
        foreach (var attempt in limited.Where(
            attempt => !attempt.IsMixed && running.Any(other => !IsLimited(other) && other.Pulse.HasBegun)))
        {
            attempt.IsMixed = true;
            return new MemoryVerdict.Mixed(
                attempt,
                $"{CommandCodes.MemoryNotHeld} The limit of {ByteSize.Format(attempt.MemoryBytes!.Value)} for a trial holds for its "
                    + $"programs only while other work without a limit runs in the same process. "
                + "Give the other searches resources.perTrial.memory too, or workers of their own by resources.labels.");
        }

        return null;
    }

    private IEnumerable<string> Doubts(long limit, MemoryReading? reading)
    {
        if (reading is null)
        {
            yield return $"{CommandCodes.MemoryNotHeld} resources.perTrial.memory does not hold on this worker, because /proc cannot be "
                + $"read there; run it where it can.";
        }

        if (meter.AvailableBytes is var available && limit > available)
        {
            yield return $"{CommandCodes.MemoryNotHeld} resources.perTrial.memory is {ByteSize.Format(limit)}, but this worker's machine "
                + $"has {ByteSize.Format(available)}: the system ends the worker before a trial gets there. Lower the limit.";
        }
    }

    private static MemoryVerdict.Over Over(Attempt attempt, long held, string who) => new(attempt, new(
        TrialFailureKind.MemoryLimit,
        $"{CommandCodes.TrialMemory} The trial used more memory than it may: {who} {ByteSize.Format(held)}, and resources.perTrial.memory "
            + $"is {ByteSize.Format(attempt.MemoryBytes!.Value)}. "
        + "Search smaller batches or networks, or raise the limit."));

    private static bool IsLimited(Attempt attempt) => attempt.MemoryBytes is not null;
}
