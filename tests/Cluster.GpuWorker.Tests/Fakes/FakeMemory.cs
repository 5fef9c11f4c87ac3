using System.Collections.Concurrent;
using SearchCluster.GpuWorker.Memory;

namespace SearchCluster.GpuWorker.Tests.Fakes;

/// <summary>Memory that holds what a test says.</summary>
internal sealed class FakeMemory : IMemoryMeter
{
    private long _used;

    /// <summary>In use by the process itself and by all below it.</summary>
    public long Used
    {
        get => Volatile.Read(ref _used);
        set => Volatile.Write(ref _used, value);
    }

    /// <summary>Freed, but not given back yet.</summary>
    public long Kept { get; set; }

    public long AvailableBytes { get; init; } = 100L << 30;

    public bool IsUnreadable { get; init; }

    /// <summary>What each program holds, as part of what is used.</summary>
    public ConcurrentDictionary<int, long> Programs { get; } = [];

    public MemoryReading? Read(IReadOnlyCollection<int> programs) =>
        IsUnreadable ? null : new(Used + Kept, programs.ToDictionary(program => program, program => Programs.GetValueOrDefault(program)));

    public void Trim() => Kept = 0;
}
