namespace SearchCluster.Contracts.Metrics;

/// <summary>What a number that a trial or an ensemble reports means.</summary>
/// <param name="Name">Its name after the part, for example <c>accuracy</c> of <c>val/accuracy</c>.</param>
/// <param name="Direction">Which end is better.</param>
/// <param name="Unit">What it is measured in, for people; a share lies from 0 to 1.</param>
/// <param name="Description">One sentence for people.</param>
public sealed record MetricDefinition(string Name, Direction Direction, string Unit, string Description);
