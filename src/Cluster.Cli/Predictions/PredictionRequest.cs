namespace SearchCluster.Cli.Predictions;

/// <summary>What to predict with, and from what.</summary>
/// <param name="Model">A search, a folder or a file.</param>
/// <param name="Input">A file or folder, or <c>-</c>.</param>
/// <param name="Trial">One trial's model; null for the ensemble.</param>
/// <param name="OutputFile">Where predictions go, for masks a folder; null for standard output.</param>
/// <param name="Probabilities">Whether each class gets a column.</param>
/// <param name="Fit">How images of another size are fitted; null for none, and for as training did.</param>
/// <param name="Continuation">How a series or a text is continued; null for not.</param>
/// <param name="Answer">What an autoencoder gives; null for its reconstruction.</param>
/// <param name="FitsAsTrained">Whether images of another size are fitted as training did, where it did.</param>
/// <param name="Said">How the table is written where it is not as in training; null for nothing.</param>
/// <param name="Drawing">The option that says how characters are drawn; null where none was given.</param>
internal sealed record PredictionRequest(
    string Model,
    string Input,
    int? Trial,
    string? OutputFile,
    bool Probabilities,
    ImageFit? Fit = null,
    Continuation? Continuation = null,
    AutoencoderAnswer? Answer = null,
    bool FitsAsTrained = false,
    TableSpec? Said = null,
    string? Drawing = null);

/// <summary>How a series or a text is continued by what the model says follows.</summary>
/// <param name="Steps">By how many steps or characters.</param>
/// <param name="Temperature">Of the choice of characters: 0 always takes the most probable one, 1 draws by probability.</param>
/// <param name="Seed">Of that choice.</param>
internal sealed record Continuation(int Steps, double Temperature, int Seed);

/// <summary>What an autoencoder gives.</summary>
internal enum AutoencoderAnswer
{
    /// <summary>Its input as it rebuilds it.</summary>
    Reconstruction,

    /// <summary>The numbers that it rebuilds the input from.</summary>
    Code,
}
