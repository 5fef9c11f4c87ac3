using System.Globalization;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Hosting.State;

/// <summary>How many files a process may have open.</summary>
public static class FileHandles
{
    /// <summary>What a coordinator with a worker needs for itself, its journal, its workers and some clients.</summary>
    public const int Least = 512;

    /// <summary>What a command needs that only reads.</summary>
    public const int LeastToRead = 128;

    private const string Limits = "/proc/self/limits";
    private const string Line = "Max open files";

    /// <summary>Refuses to start where the process would end in the middle of something.</summary>
    /// <param name="least">How many it needs.</param>
    /// <exception cref="FileHandleException">The limit is too low.</exception>
    public static void RequireEnough(int least = Least)
    {
        if (OperatingSystem.IsLinux() && Read() is { } limit && limit < least)
        {
            throw new FileHandleException(string.Create(
                CultureInfo.InvariantCulture,
                $"This process may open {limit} files, but {(least == Least ? "coordinators and workers need" : "it needs")} at least "
                    + $"{least}. Raise the limit in this shell (ulimit -n 1024), or for the service (LimitNOFILE=), then start again."));
        }
    }

    // The runtime itself has raised the soft limit to the hard one by now.
    private static int? Read()
    {
        try
        {
            var line = File.ReadLines(Limits).FirstOrDefault(text => text.StartsWith(Line, StringComparison.Ordinal));
            var hard = line?[Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var second, ..] ? second : null;
            return int.TryParse(hard, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>The process may not open enough files.</summary>
/// <param name="message">Actual value, rule, next step.</param>
public sealed class FileHandleException(string message) : StorageException(StorageTrouble.TooManyFiles, message, null);
