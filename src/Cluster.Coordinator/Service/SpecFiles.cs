using System.Text;
using SearchCluster.Contracts.Storage;
using SearchCluster.Coordinator.Options;

namespace SearchCluster.Coordinator.Service;

/// <summary>Keeps the spec of each search beside its results, for people; the journal holds it for the coordinator.</summary>
internal sealed partial class SpecFiles(CoordinatorOptions options, ILogger<SpecFiles> log)
{
    /// <summary>Writes the spec as its author wrote it. A failure is logged only: the search is in the journal.</summary>
    /// <param name="search">Name of the search whose folder gets the file.</param>
    /// <param name="text">The spec.</param>
    public void Write(SearchId search, string text)
    {
        var path = Path.Combine(options.StateFolder.SharedRoot, ArtifactPaths.Spec(search));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            WholeFile.Write(path, Encoding.UTF8.GetBytes(text), survivesPowerLoss: false);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            LogNotWritten(log, search, path, refused.Message);
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Search {Search}: {Path} could not be written: {Reason}")]
    private static partial void LogNotWritten(ILogger logger, SearchId search, string path, string reason);
}
