using System.Text.RegularExpressions;

namespace SearchCluster.Cli.Fetching;

/// <summary>Where the models of searches lie: in a state folder of this machine, or with a coordinator elsewhere.</summary>
internal interface IModelShelf : IAsyncDisposable
{
    /// <summary>What it is, for people: a folder, or the coordinator's address.</summary>
    string Name { get; }

    /// <summary>Where an artifact lies or should lie, for people.</summary>
    string PlaceOf(string artifact);

    /// <summary>Tells whether a search has files.</summary>
    Task<bool> HasSearchAsync(SearchId search);

    /// <summary>Tells whether there is an artifact.</summary>
    Task<bool> HasAsync(string artifact);

    /// <summary>The names of the artifacts that lie directly in a folder; empty where there is no such folder.</summary>
    Task<IReadOnlyList<string>> ListAsync(string folder);

    /// <summary>The searches that it knows, to say what may have been meant.</summary>
    Task<IReadOnlyList<string>> SearchesAsync();

    /// <summary>Brings a model's file, or an ensemble's folder, to this machine, where it stays until the command has ended.</summary>
    /// <param name="artifact">It is there.</param>
    /// <exception cref="Failures.CliException">It is not any more, or does not come.</exception>
    Task<FoundModel> BringAsync(string artifact);
}

/// <summary>A model that was found.</summary>
/// <param name="Path">Full path of its file on this machine, or of an ensemble's folder.</param>
/// <param name="Shown">What people and programs are told that it is: its path, or the artifact of a coordinator elsewhere.</param>
internal sealed record FoundModel(string Path, string Shown)
{
    // More than enough to tell it from everything else: it has a hash.
    private const int TailLength = 80;

    /// <summary>What somebody wrote of it, with the place that people know.</summary>
    public string Told(string text)
    {
        if (Path == Shown)
        {
            return text;
        }

        // A long path is shortened to its end.
        var tail = Path[^Math.Min(TailLength, Path.Length)..];
        return Regex.Replace(
            text.Replace(Path, Shown, StringComparison.Ordinal), $"…[^…']*?{Regex.Escape(tail)}", _ => Shown, RegexOptions.None, Limit);
    }

    private static TimeSpan Limit { get; } = TimeSpan.FromSeconds(1);
}
