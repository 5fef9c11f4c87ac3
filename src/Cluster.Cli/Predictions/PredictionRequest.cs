namespace SearchCluster.Cli.Predictions;

/// <summary>What to predict with, and from what.</summary>
internal sealed record PredictionRequest
{
    /// <summary>A search, a folder or a file.</summary>
    public required string Model { get; init; }

    /// <summary>A file or folder, or <c>-</c>; empty where nothing is read.</summary>
    public string Input { get; init; } = "";

    /// <summary>One trial's model; null for the ensemble.</summary>
    public int? Trial { get; init; }

    /// <summary>Where predictions go, for masks a folder; null for standard output.</summary>
    public string? OutputFile { get; init; }

    /// <summary>Whether each class gets a column.</summary>
    public bool Probabilities { get; init; }

    /// <summary>How images of another size are fitted; null for none, and for as training did.</summary>
    public ImageFit? Fit { get; init; }

    /// <summary>How a series or a text is continued; null for not.</summary>
    public Continuation? Continuation { get; init; }

    /// <summary>What an autoencoder gives; null for its reconstruction.</summary>
    public AutoencoderAnswer? Answer { get; init; }

    /// <summary>Whether images of another size are fitted as training did, where it did.</summary>
    public bool FitsAsTrained { get; init; }

    /// <summary>How the table is written where it is not as in training; null for nothing.</summary>
    public TableSpec? Said { get; init; }

    /// <summary>The option that says how characters are drawn; null where none was given.</summary>
    public string? Drawing { get; init; }
}

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
