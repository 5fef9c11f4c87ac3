namespace SearchCluster.Search.Sampling.Models;

/// <summary>A point that a model proposes.</summary>
/// <param name="Point">One coordinate for each parameter; NaN for inactive ones.</param>
/// <param name="Explanation">Why, as a part of a sentence for people.</param>
/// <param name="Prediction">What the model expects of it; null where it predicts no loss.</param>
internal sealed record PointProposal(double[] Point, string Explanation, ModelPrediction? Prediction = null);
