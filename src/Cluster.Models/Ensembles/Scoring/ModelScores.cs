using SearchCluster.Models.Tasks;

namespace SearchCluster.Models.Ensembles.Scoring;

/// <summary>How good a model is on rows whose answers are known, in the metrics and units in which trials are measured.</summary>
/// <param name="Rows">How many rows, images or windows.</param>
/// <param name="Metrics">By name without a part, for example <c>accuracy</c>.</param>
/// <param name="Confusion">How often each true class was answered by each, of rows or of pixels; null where the answer is no class.</param>
public sealed record ModelScores(int Rows, ValueMap<double> Metrics, ConfusionMatrix? Confusion);
