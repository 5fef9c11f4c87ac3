namespace SearchCluster.GpuWorker.Outbox;

/// <summary>The end of an attempt as the outbox keeps it: with the reports before it that were not
/// acknowledged, so that no number is missing.</summary>
/// <param name="Outcome">How the attempt ended.</param>
/// <param name="Measurements">Measurements of the same lease with smaller numbers, in order; without gaps
/// together with the warnings.</param>
/// <param name="Warnings">Warnings of the same lease with smaller numbers, in order; null for none.</param>
public sealed record StoredOutcome(
    SearchCommands.ReportOutcome Outcome,
    ValueArray<SearchCommands.ReportMeasurement> Measurements,
    ValueArray<SearchCommands.ReportWarning>? Warnings = null);
