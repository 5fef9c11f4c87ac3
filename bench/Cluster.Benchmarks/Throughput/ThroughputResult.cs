using System.Text.Json.Serialization;

namespace SearchCluster.Benchmarks.Throughput;

/// <summary>One search of no-op trials.</summary>
internal sealed record ThroughputResult
{
    /// <summary>Slots of each worker.</summary>
    public required int Slots { get; init; }

    /// <summary>Measurements of each trial.</summary>
    public required int Measurements { get; init; }

    /// <summary><c>first</c> in fresh processes, <c>warm</c> in the same processes again.</summary>
    public required string Run { get; init; }

    /// <summary>Trials finished.</summary>
    public required int Trials { get; init; }

    /// <summary>From the submission to the end, by the coordinator's clock.</summary>
    public required double Seconds { get; init; }

    /// <summary>Events in the journal.</summary>
    public required long Events { get; init; }

    /// <summary>Groups of events written; null when the coordinator did not tell.</summary>
    public required long? JournalWrites { get; init; }

    /// <summary>Mean size of a group.</summary>
    public required double? EventsPerWrite { get; init; }

    /// <summary>Mean time from handing a group over to its confirmation.</summary>
    public required double? MillisecondsPerWrite { get; init; }

    /// <summary>CPU time of the coordinator.</summary>
    public required double CoordinatorCpuSeconds { get; init; }

    /// <summary>CPU time of all workers.</summary>
    public required double WorkerCpuSeconds { get; init; }

    /// <summary>Memory of the coordinator after the search; null when the system does not tell.</summary>
    public required ProcessMemory? CoordinatorMemory { get; init; }

    public double TrialsPerSecond => Trials / Seconds;

    public double EventsPerSecond => Events / Seconds;
}

/// <summary>All searches of one call.</summary>
internal sealed record ThroughputReport(
    DateTimeOffset At, string Runtime, string System, int Processors, int Workers, IReadOnlyList<ThroughputResult> Results);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ThroughputReport))]
internal sealed partial class ThroughputJson : JsonSerializerContext;
