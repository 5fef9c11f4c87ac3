namespace SearchCluster.Models.Data.Preprocessing;

/// <summary>Steps of a series of numbers, shifted and scaled.</summary>
/// <param name="Columns">Names of the numbers of a step, in order.</param>
/// <param name="Window">Steps that a row shows.</param>
/// <param name="Horizon">How many steps after the window the answer lies.</param>
/// <param name="Mean">Mean of each column over the training part.</param>
/// <param name="Deviation">Standard deviation of each column; 1 for a constant one.</param>
public sealed record SeriesPreprocessing(ValueArray<string> Columns, int Window, int Horizon, ValueArray<float> Mean, ValueArray<float> Deviation) : InputPreprocessing;

/// <summary>Characters of a text as their numbers in an alphabet.</summary>
/// <param name="Symbols">The alphabet, in order.</param>
/// <param name="Window">Characters that a row shows.</param>
/// <param name="Horizon">How many characters after the window the answer lies.</param>
public sealed record TextPreprocessing(string Symbols, int Window, int Horizon) : InputPreprocessing;
