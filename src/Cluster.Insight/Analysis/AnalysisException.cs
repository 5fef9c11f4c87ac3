using SearchCluster.Contracts;

namespace SearchCluster.Insight.Analysis;

/// <summary>An analysis that cannot be made; message and help are for people.</summary>
/// <param name="code">Stable code: <see cref="CommandCodes.WrongUsage"/> for a name that the search does not have,
/// <see cref="CommandCodes.TooFewTrials"/>.</param>
/// <param name="message">What is wrong.</param>
/// <param name="help">What to do next.</param>
public sealed class AnalysisException(string code, string message, string help) : SearchClusterException(message)
{
    /// <summary>Stable code.</summary>
    public string Code { get; } = code;

    /// <summary>What to do next.</summary>
    public string Help { get; } = help;
}
