namespace SearchCluster.Cli.Predictions;

/// <summary>What to predict with, and from what.</summary>
/// <param name="Model">A search, a folder or a file.</param>
/// <param name="Input">A CSV file, or <c>-</c>.</param>
/// <param name="Trial">One trial's model; null for the ensemble.</param>
/// <param name="OutputFile">Where predictions go; null for standard output.</param>
/// <param name="Probabilities">Whether each class gets a column.</param>
/// <param name="Fit">How images of another size are fitted; null for an error.</param>
internal sealed record PredictionRequest(string Model, string Input, int? Trial, string? OutputFile, bool Probabilities, ImageFit? Fit = null);
