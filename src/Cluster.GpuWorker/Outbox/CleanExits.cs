using System.Text;
using Microsoft.Extensions.Logging;
using SearchCluster.Contracts.Storage;
using SearchCluster.GpuWorker.Logging;
using SearchCluster.Hosting.State;

namespace SearchCluster.GpuWorker.Outbox;

/// <summary>Which processes of a worker ended in order, kept as a file of its folder.</summary>
/// <remarks>
/// What such a process had not finished it gave back or left in the outbox. So a lease of it that is in neither never reached it, and
/// nobody is to be charged for it. The last few are kept: one of them may be killed before it could tell of those before it.
/// Thread-safe.
/// </remarks>
public sealed class CleanExits
{
    private const int LongestIncarnation = 64;

    private readonly Lock _gate = new();
    private readonly string? _path;
    private readonly ILogger? _logger;

    private CleanExits(string? path, ILogger? logger, ValueArray<string> known) => (_path, _logger, Earlier) = (path, logger, known);

    /// <summary>Incarnations of earlier processes that ended in order, the last ones, oldest first.</summary>
    public ValueArray<string> Earlier { get; }

    /// <summary>One that is gone with the process.</summary>
    /// <returns>None that is known.</returns>
    public static CleanExits InMemory() => new(null, null, []);

    /// <summary>Reads those of a worker's folder.</summary>
    /// <param name="folder">The folder; it is there.</param>
    /// <param name="logger">Told what cannot be read or written.</param>
    /// <returns>What is known. A file that cannot be read counts as none: trials are charged then for ends that were in order.</returns>
    public static CleanExits Open(string folder, ILogger logger)
    {
        var path = Path.Combine(folder, "exits");
        StateFile.Require(path);
        try
        {
            return new(path, logger, File.Exists(path) ? Parse(File.ReadAllLines(path, Encoding.ASCII)) : []);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            Log.ExitsNotKept(logger, path, unreadable.Message);
            return new(path, logger, []);
        }
    }

    /// <summary>Notes that a process ends in order; nothing of its work is open any more.</summary>
    /// <param name="incarnation">The process.</param>
    public void Add(string incarnation)
    {
        lock (_gate)
        {
            if (_path is null)
            {
                return;
            }

            try
            {
                var all = Earlier.Append(incarnation).TakeLast(WorkerProtocol.MostCleanExits);
                WholeFile.Write(_path, Encoding.ASCII.GetBytes(string.Join('\n', all) + "\n"), survivesPowerLoss: true);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                Log.ExitsNotKept(_logger!, _path, refused.Message);
            }
        }
    }

    private static ValueArray<string> Parse(IEnumerable<string> lines) => lines
        .Select(line => line.Trim())
        .Where(line => line.Length is > 0 and <= LongestIncarnation)
        .TakeLast(WorkerProtocol.MostCleanExits)
        .ToValueArray();
}
