using System.CommandLine;

namespace SearchCluster.Cli.Invocation;

/// <summary>One verb: its options, its examples, and what it does. Commands are thin; they use
/// <see cref="Contracts.Api.ISearchService"/> only.</summary>
internal abstract class CliCommand : Command
{
    protected CliCommand(string name, string purpose, params string[] examples)
        : base(name, purpose) => Examples = examples;

    /// <summary>Real command lines, without the tool's name; a test parses each.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>Other commands worth a look.</summary>
    public IReadOnlyList<string> SeeAlso { get; protected init; } = [];

    /// <summary>True where the command itself does the work that takes time, instead of waiting for an answer.</summary>
    public bool Works { get; protected init; }

    /// <summary>Does the work and returns the exit code.</summary>
    public abstract Task<int> RunAsync(ParseResult parse, CommandContext context);
}

/// <summary>A word that only groups commands, such as <c>spec</c>.</summary>
internal sealed class CommandGroup : Command
{
    public CommandGroup(string name, string purpose, params CliCommand[] commands)
        : base(name, purpose)
    {
        foreach (var command in commands)
        {
            Add(command);
        }
    }
}
