namespace SearchCluster.GpuWorker.Memory;

/// <summary>Measures how much memory this process and the programs that it started hold.</summary>
public interface IMemoryMeter
{
    /// <summary>How much the machine, or its container, has.</summary>
    long AvailableBytes { get; }

    /// <summary>Measures.</summary>
    /// <param name="programs">Processes whose trees are told apart.</param>
    /// <returns>Null where it cannot be measured.</returns>
    MemoryReading? Read(IReadOnlyCollection<int> programs);

    /// <summary>Has what nobody uses any more given back to the system, so that a reading holds what is in use. May take seconds.</summary>
    void Trim();
}

/// <summary>Resident memory at a moment.</summary>
/// <param name="TotalBytes">Of this process and all processes below it.</param>
/// <param name="ProgramBytes">Of each program that was asked for, with all below it; one that has ended has none.</param>
public sealed record MemoryReading(long TotalBytes, IReadOnlyDictionary<int, long> ProgramBytes)
{
    /// <summary>What some programs hold together.</summary>
    /// <param name="programs">Their numbers.</param>
    /// <returns>Bytes.</returns>
    public long Of(IEnumerable<int> programs) => programs.Sum(program => ProgramBytes.GetValueOrDefault(program));
}
