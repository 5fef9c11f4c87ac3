namespace SearchCluster.Contracts.Trials;

/// <summary>Metrics of one attempt at one resource level.</summary>
/// <param name="Resource">Resource spent by the trial so far: epochs done, from 1 (1 for a single evaluation).</param>
/// <param name="Metrics">Values by name (<c>train/loss</c>, <c>val/loss</c>, <c>val/accuracy</c>); may be non-finite.</param>
/// <param name="Elapsed">Training time of the trial up to this resource level, over all attempts that led here.</param>
/// <param name="Data">The data that the attempt learns from; told with its first measurement, null for the
/// others and where there are none.</param>
public sealed record Measurement(int Resource, ValueMap<double> Metrics, TimeSpan Elapsed, DataIdentity? Data = null);
