using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Failures;

/// <summary>Ends a command with an exit code, one sentence and the next step; never a stack trace.</summary>
internal sealed class CliException(int exitCode, string message, string? help = null, string? code = null) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public string? Help { get; } = help;

    /// <summary>Stable code such as <c>SC5001</c>; null where the exit code says it all.</summary>
    public string? Code { get; } = code;

    /// <summary>Problems with places of an input file, printed instead of the sentence.</summary>
    public ValueArray<SpecProblem> Problems { get; init; } = [];

    /// <summary>In which fields a spec differs from the one of the search.</summary>
    public ValueArray<SpecDifference> Differences { get; init; } = [];

    /// <summary>Text of the file that <see cref="Problems"/> point into; null when it cannot be quoted.</summary>
    public string? SourceText { get; init; }
}
