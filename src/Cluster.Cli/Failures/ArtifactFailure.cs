using SearchCluster.Artifacts;

namespace SearchCluster.Cli.Failures;

/// <summary>What a model or an ensemble that cannot be used ends a command with.</summary>
internal static class ArtifactFailure
{
    /// <summary>A file that is not there is told apart from one that is damaged.</summary>
    /// <param name="exception">What is wrong.</param>
    /// <param name="help">The next step; null for the one of the code.</param>
    /// <param name="place">Names the place of the model as people know it; null where the message does.</param>
    public static CliException Of(ArtifactException exception, string? help = null, Func<string, string>? place = null) => new(
        exception.Code == ModelCodes.CannotOpen ? ExitCodes.NotFound : ExitCodes.InvalidInput,
        place?.Invoke(exception.Message) ?? exception.Message,
        help ?? ErrorCatalog.Find(exception.Code)?.NextStep,
        exception.Code);
}
