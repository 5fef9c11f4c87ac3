using System.Text.Json.Serialization;

namespace SearchCluster.Cli.Json;

/// <summary><c>help [COMMAND] --json</c>.</summary>
/// <param name="Command">The words that lead to it.</param>
/// <param name="Purpose">In a sentence.</param>
/// <param name="Commands">Names of the commands below it.</param>
/// <param name="Text">The help as people read it.</param>
internal sealed record HelpDocument(string Command, string? Purpose, IReadOnlyList<string> Commands, string Text)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/help@1";
}

/// <summary><c>spec new --json</c>.</summary>
/// <param name="Template">What it starts from.</param>
/// <param name="Files">The files that were written, by their full paths; none without FILE.</param>
/// <param name="Text">The spec.</param>
internal sealed record SpecNewDocument(string Template, IReadOnlyList<string> Files, string Text)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "searchcluster/spec-new@1";
}
