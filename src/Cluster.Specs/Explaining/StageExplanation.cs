namespace SearchCluster.Specs.Explaining;

/// <summary>One stage of a coarse-to-fine search, for people.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Algorithm">Its sampler.</param>
/// <param name="Trials">How many trials, for example <c>30</c> or <c>the rest</c>.</param>
/// <param name="DataFraction">Share of the training data, above 0 and at most 1.</param>
/// <param name="Space">Where it looks, for example <c>around the best 20 % of the trials before, 10 % wider</c>.</param>
/// <param name="Options">Options of its sampler; null for none.</param>
public sealed record StageExplanation(
    int Number, string Algorithm, string Trials, double DataFraction, string Space, ValueArray<OptionExplanation>? Options = null);
