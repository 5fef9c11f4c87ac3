namespace SearchCluster.GpuWorker.Outbox;

/// <summary>The end of an attempt as the outbox keeps it: with the measurements before it that were not acknowledged, so that no number is missing.</summary>
/// <param name="Outcome">How the attempt ended.</param>
/// <param name="Measurements">Reports of the same lease with smaller numbers, in order, without gaps.</param>
public sealed record StoredOutcome(SearchCommands.ReportOutcome Outcome, ValueArray<SearchCommands.ReportMeasurement> Measurements);
