using System.Text.Json.Serialization;

namespace SearchCluster.Benchmarks.Throughput;

/// <summary>One search of no-op trials.</summary>
/// <param name="Slots">Slots of each worker.</param>
/// <param name="Measurements">Measurements of each trial.</param>
/// <param name="Run"><c>first</c> in fresh processes, <c>warm</c> in the same processes again.</param>
/// <param name="Trials">Trials finished.</param>
/// <param name="Seconds">From the submission to the end, by the coordinator's clock.</param>
/// <param name="Events">Events in the journal.</param>
/// <param name="JournalWrites">Groups of events written; null when the coordinator did not tell.</param>
/// <param name="EventsPerWrite">Mean size of a group.</param>
/// <param name="MillisecondsPerWrite">Mean time from handing a group over to its confirmation.</param>
/// <param name="CoordinatorCpuSeconds">CPU time of the coordinator.</param>
/// <param name="WorkerCpuSeconds">CPU time of all workers.</param>
/// <param name="CoordinatorMemory">Memory of the coordinator after the search; null when the system does not tell.</param>
internal sealed record ThroughputResult(
    int Slots,
    int Measurements,
    string Run,
    int Trials,
    double Seconds,
    long Events,
    long? JournalWrites,
    double? EventsPerWrite,
    double? MillisecondsPerWrite,
    double CoordinatorCpuSeconds,
    double WorkerCpuSeconds,
    ProcessMemory? CoordinatorMemory)
{
    public double TrialsPerSecond => Trials / Seconds;

    public double EventsPerSecond => Events / Seconds;
}

/// <summary>All searches of one call.</summary>
internal sealed record ThroughputReport(DateTimeOffset At, string Runtime, string System, int Processors, int Workers, IReadOnlyList<ThroughputResult> Results);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ThroughputReport))]
internal sealed partial class ThroughputJson : JsonSerializerContext;
